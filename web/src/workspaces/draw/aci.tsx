import { aciSizeOf } from '../../../../server/core/drawing/aci-sizes.ts';
import { formatCount, formatDay } from '../../french/numbers.ts';
import { aciScale } from '../../state/drawing/figures.ts';

/** The size that the agreement pays a territory for; an amount that is not published says so. */
export function AciSizes({ population }: { population: number }) {
  const own = aciSizeOf(aciScale, population);
  const { sizes, since } = aciScale;
  return (
    <section class="aci" aria-label="Financement ACI">
      <p>
        <strong>Taille {own.size}</strong>{' '}
        <span class="quiet">
          {rangeOf(own.size)} · ACI du {formatDay(new Date(`${since}T12:00`))}
        </span>
      </p>
      <p class="aci-sizes" aria-hidden="true">
        {sizes.map(({ size, from }) => (
          <span key={size} class={size === own.size ? 'own' : ''} title={rangeOf(size)}>
            {size}
            <small>{from === 0 ? '' : `≥\u00a0${formatCount(roundFrom(from))}`}</small>
          </span>
        ))}
      </p>
      <dl class="amounts">
        <div>
          <dt>Fonctionnement, par an</dt>
          <dd>{euros(own.running)}</dd>
        </div>
        <div title="Sans le supplément pour les soins non programmés">
          <dt>Max. sans supplément</dt>
          <dd>{euros(own.without)}</dd>
        </div>
        <div title="Avec le supplément pour les soins non programmés">
          <dt>Max. avec</dt>
          <dd>{euros(own.with)}</dd>
        </div>
      </dl>
    </section>
  );
}

const euros = (amount: number | null) =>
  amount === null ? 'non publié' : `${formatCount(amount)}\u00a0€`;

/** 175 001 is how « over 175,000 » is written down. */
const roundFrom = (from: number) => (from % 10 === 1 ? from - 1 : from);

function rangeOf(size: number): string {
  const at = aciScale.sizes.findIndex((each) => each.size === size);
  const [from, next] = [aciScale.sizes[at]!.from, aciScale.sizes[at + 1]?.from];
  if (next === undefined) return `plus de ${formatCount(roundFrom(from))}\u00a0habitants`;
  if (from === 0) return `moins de ${formatCount(next)}\u00a0habitants`;
  return `${formatCount(from)} à ${formatCount(roundFrom(next))}\u00a0habitants`;
}
