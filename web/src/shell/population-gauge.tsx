import { bandSide, ministryBand } from '../../../server/core/indicators/band.ts';
import { formatCount, formatInhabitants } from '../french/numbers.ts';

interface Props {
  population: number;
  floor?: number;
  ceiling?: number;
}

const words = {
  below: 'sous la fourchette',
  in: 'dans la fourchette',
  above: 'au-dessus de la fourchette',
};

/** A population against the band; outside it the page warns and never forbids. */
export function PopulationGauge({
  population,
  floor = ministryBand.floor,
  ceiling = ministryBand.ceiling,
}: Props) {
  const side = bandSide(population, { floor, ceiling });
  const scale = Math.max(ceiling * 1.3, population * 1.05);
  const at = (value: number) => `${(100 * value) / scale}%`;
  return (
    <div class={`gauge gauge-${side}`}>
      <p>
        <strong class="figure">{formatInhabitants(population)}</strong>{' '}
        <span class="gauge-word">
          {side === 'in' ? '✓' : '⚠'} {words[side]}
        </span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> can't show the band */}
      <div
        class="gauge-track"
        role="meter"
        aria-label="Population du territoire"
        aria-valuemin={0}
        aria-valuemax={Math.round(scale)}
        aria-valuenow={population}
        aria-valuetext={`${formatInhabitants(population)}, ${words[side]} de ${formatCount(floor)} à ${formatCount(ceiling)}`}
      >
        <span class="gauge-band" style={{ left: at(floor), width: at(ceiling - floor) }} />
        <span class="gauge-fill" style={{ width: at(population) }} />
      </div>
      <p class="gauge-scale quiet figure" aria-hidden="true">
        <span style={{ left: at(floor) }}>{formatCount(floor)}</span>
        <span style={{ left: at(ceiling) }}>{formatCount(ceiling)}</span>
      </p>
    </div>
  );
}
