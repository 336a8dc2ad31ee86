import { computed } from '@preact/signals';
import { proposal, type Territory } from '../../../state/proposals.ts';
import { readyValue } from '../../../state/resource.ts';
import { otherProposal, runComparison } from '../../../state/run-comparison.ts';

/**
 * What the territories of the two runs are called. A territory has the name of its largest commune:
 * where two of one name are not in regard of each other, their numbers tell them apart.
 */
export const sideNames = computed(() => {
  const here = namesOf(readyValue(proposal.state.value)?.territories);
  const there = namesOf(readyValue(otherProposal.state.value)?.territories);
  const pairs = readyValue(runComparison.state.value)?.territories ?? [];
  const counterpart = new Map(pairs.map(({ territory, other }) => [territory, other]));
  const twice = new Set(
    [...here].flatMap(([id, name]) =>
      [...there].some(([one, called]) => called === name && counterpart.get(id) !== one)
        ? [name]
        : [],
    ),
  );
  const namedIn = (names: Map<number, string>) => (id: number) => {
    const name = names.get(id) ?? '';
    return twice.has(name) ? `${name} (${id})` : name;
  };
  return { here: namedIn(here), there: namedIn(there), numbered: twice.size > 0 };
});

const namesOf = (territories: readonly Territory[] = []) =>
  new Map(territories.map(({ id, name }) => [id, name]));
