import type { GravityParameters } from '../../../server/core/flows/gravity-parameters.ts';
import { formatShare } from '../french/numbers.ts';
import { formatDistance } from '../state/travel-times.ts';

const WIDTH = 500;
const HEIGHT = 112;
const LEFT = 34;
const BOTTOM = 18;
const TOP = 6;

/** How attraction falls with distance: f(d) = exp(−d / β), for all and for those with their own β. */
export function DecayChart({ values }: { values: GravityParameters }) {
  const { beta, specialties } = values;
  const others = [...new Set(Object.values(specialties).map((own) => own.beta))];
  const reach = niceReach(4 * Math.max(beta, ...others));
  const x = (distance: number) => LEFT + ((WIDTH - LEFT - 8) * distance) / reach;
  const y = (share: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - share);
  const curve = (decay: number) =>
    Array.from({ length: 81 }, (_, k) => {
      const distance = (reach * k) / 80;
      return `${k === 0 ? 'M' : 'L'}${x(distance).toFixed(1)} ${y(Math.exp(-distance / decay)).toFixed(1)}`;
    }).join('');
  const half = beta * Math.LN2;
  return (
    <figure class="decay">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line class="decay-grid" x1={LEFT} x2={WIDTH - 8} y1={y(share)} y2={y(share)} />
            <text x={LEFT - 5} y={y(share) + 4} text-anchor="end">
              {Math.round(100 * share)}
            </text>
          </g>
        ))}
        {[0, 1, 2, 3, 4].map((k) => (
          <text
            key={k}
            x={x((reach * k) / 4)}
            y={HEIGHT - 4}
            text-anchor={k === 4 ? 'end' : 'middle'}
          >
            {k === 4 ? formatDistance(reach) : Math.round((100 * reach * k) / 4) / 100}
          </text>
        ))}
        {others.map((own) => (
          <path key={own} class="decay-own" d={curve(own)} />
        ))}
        <path class="decay-all" d={curve(beta)} />
        {half <= reach && <circle class="decay-half" cx={x(half)} cy={y(0.5)} r="4" />}
      </svg>
      <figcaption class="quiet">
        Attrait d’un praticien selon la distance (%)&nbsp;: la moitié à {formatDistance(half)},{' '}
        {formatShare(Math.exp(-20 / beta))} à {formatDistance(20)}.
        {others.length > 0 && ' En gris, les spécialités à part.'}
      </figcaption>
    </figure>
  );
}

/** 1, 2, 4 or 8 times a power of ten, at least `distance`: its quarters read well. */
function niceReach(distance: number): number {
  const ten = 10 ** Math.floor(Math.log10(distance));
  return [1, 2, 4, 8, 10].map((step) => step * ten).find((reach) => reach >= distance) ?? 10 * ten;
}
