import type { ProposalParameters } from '../../../../../server/contracts/proposals.ts';
import { formatDecimal } from '../../../french/numbers.ts';
import { COUNT_FIELD, leaveFree, wish, wishes } from '../../../state/proposal-wishes.ts';
import { NumberField } from '../number-field.tsx';
import { Steps } from './steps.tsx';

type Weight = keyof ProposalParameters['weights'];

/** How much each weighs beside the care kept inside, which weighs 1. */
const aims: { key: Weight; label: string; hint: string }[] = [
  {
    key: 'border',
    label: 'Compacité',
    hint: 'Préfère des territoires ramassés, à la limite courte.',
  },
  {
    key: 'epci',
    label: 'Intercommunalités entières',
    hint: 'Évite de couper une intercommunalité entre deux territoires.',
  },
  {
    key: 'target',
    label: 'Population visée',
    hint: 'Rapproche chaque territoire de la population que vous visez.',
  },
  {
    key: 'poles',
    label: 'Pôles séparés',
    hint: 'Met chaque pôle d’attraction dans un territoire à lui.',
  },
];

const words = [
  { value: 0, label: 'Aucun' },
  { value: 0.05, label: 'Un peu' },
  { value: 0.1, label: 'Assez' },
  { value: 0.3, label: 'Beaucoup' },
];
const steps = words.map((step) => ({ ...step, detail: formatDecimal(step.value) }));

/** What is wanted besides care kept inside. */
export function Weights() {
  const { weights } = wishes.value;
  return (
    <>
      {aims.map(({ key, label, hint }) => (
        <Steps
          key={key}
          label={label}
          hint={hint}
          options={steps}
          value={weights[key]}
          set={(weight) => wish({ weights: { ...weights, [key]: weight } })}
        />
      ))}
    </>
  );
}

/** The figure that the weight of the population means, where it weighs. */
export function Target() {
  const { target, weights, floor, ceiling } = wishes.value;
  if (weights.target === 0) return null;
  const middle = Math.round((floor + ceiling) / 2);
  return (
    <>
      <NumberField
        label="Population visée (hab.)"
        hint="Le milieu de la fourchette, à moins d’un autre chiffre."
        value={target ?? middle}
        min={1}
        max={10_000_000}
        step={1000}
        set={(figure) => wish({ target: figure })}
      />
      {target !== undefined && (
        <button type="button" class="button small" onClick={() => leaveFree('target')}>
          Revenir au milieu de la fourchette
        </button>
      )}
    </>
  );
}

/** How many territories: free, or so many. */
export function Count() {
  const { territories } = wishes.value;
  return (
    <>
      <Steps
        label="Nombre de territoires"
        hint={
          territories === undefined
            ? 'Plusieurs nombres possibles sont essayés rapidement, et celui dont le découpage vaut alors le plus est gardé\u00a0: soins gardés dedans, et ce qui est pesé ci-dessous. Moins de territoires gardent plus de soins.'
            : 'Le découpage compte exactement ce nombre de territoires.'
        }
        options={[
          { value: false, label: 'Libre' },
          { value: true, label: 'Imposé' },
        ]}
        value={territories !== undefined}
        set={(imposed) => (imposed ? wish({ territories: 30 }) : leaveFree('territories'))}
      />
      {territories !== undefined && (
        <NumberField
          id={COUNT_FIELD}
          label="Territoires, CPTS gardées non comprises"
          value={territories}
          min={1}
          max={100_000}
          step={1}
          set={(count) => wish({ territories: count })}
        />
      )}
    </>
  );
}
