import type { CptsHistory } from '../../../../../server/contracts/cpts-history.ts';
import { stepLabels } from '../../../../../server/core/life/step-labels.ts';
import { statusLabels } from '../../../french/labels.ts';
import { counted } from '../../../french/numbers.ts';

interface Moment {
  day: string;
  title: string;
  facts: string[];
}

/** Steps and changes of territory on one line of time, the latest first. */
export function momentsOf({ steps, phases }: CptsHistory): Moment[] {
  const taken = steps.map(({ step, status, since, by, reason }, at) => ({
    day: since,
    order: 2 * at,
    title: step === 'create' ? 'Créée' : `${stepLabels[step]} → ${statusLabels[status]}`,
    facts: [...(by === 'local' ? [] : [by]), ...(reason ? [`Motif\u00a0: ${reason}`] : [])],
  }));
  const territories = phases.flatMap(({ since, version, units }, at) =>
    at === 0 || phases[at - 1]!.version === version
      ? []
      : [
          {
            day: since,
            order: 2 * steps.length + at,
            title: `Territoire de la version ${version}`,
            facts: [counted(units, 'commune')],
          },
        ],
  );
  return [...taken, ...territories]
    .sort((p, q) => (p.day === q.day ? q.order - p.order : p.day < q.day ? 1 : -1))
    .map(({ day, title, facts }) => ({ day, title, facts }));
}
