import { formatDecimal, formatShare } from '../../../french/numbers.ts';
import { otherPoleMap, poleChoice } from '../../../state/analysis.ts';
import { compared, sideLabel } from '../../../state/comparison.ts';
import type { PoleMap } from '../../../state/pole-map.ts';
import { placeLabel, type Region } from '../../../state/region.ts';
import { selectPole } from '../../tables/poles.ts';
import { whyNoPole } from '../describe-analysis.ts';

interface Props {
  region: Region;
  unit: number;
  /** of the map on the left */
  map: PoleMap;
}

interface Row {
  label: string;
  /** null: not known on that side */
  of(commune: NonNullable<PoleMap['communes'][number]>): string | null;
}

/** The figures of a commune on the two maps compared, side by side. */
export function BothSides({ region, unit, map }: Props) {
  const [left, right] = [poleChoice.value, compared.value];
  if (!left || !right) return null;
  const sides = [
    { name: 'À gauche', label: sideLabel(left, right), map },
    { name: 'À droite', label: sideLabel(right, left), map: otherPoleMap.value },
  ];
  const rows: Row[] = [
    { label: 'Taux d’attraction', of: ({ pole, rate }) => (pole ? formatShare(rate) : null) },
    { label: 'Second pôle', of: ({ second }) => (second ? placeLabel(region, second) : 'aucun') },
    {
      label: 'Avance du premier',
      of: ({ second, gap }) =>
        second === null || gap === null
          ? null
          : `${formatDecimal(Math.round(gap * 1000) / 10)}\u00a0points`,
    },
    { label: 'Dispersion', of: ({ entropy }) => `${formatDecimal(entropy)}\u00a0bit` },
    {
      label: 'Accord des spécialités',
      of: ({ agreement }) => (agreement === null ? null : formatShare(agreement)),
    },
  ];
  const told = rows.filter(({ of }) =>
    sides.some((side) => {
      const commune = side.map?.communes[unit];
      return commune != null && of(commune) !== null;
    }),
  );
  return (
    <>
      <table class="both-sides">
        <thead>
          <tr>
            <td />
            {sides.map(({ name, label }) => (
              <th key={name} scope="col">
                {name}
                <span class="quiet">{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Pôle d’attraction principal</th>
            {sides.map((side) => (
              <td key={side.name}>
                <PoleLink map={side.map} unit={unit} />
              </td>
            ))}
          </tr>
          {told.map(({ label, of }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {sides.map((side) => {
                const commune = side.map?.communes[unit];
                return <td key={side.name}>{(commune && of(commune)) ?? '—'}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {sides.map((side) => {
        const commune = side.map?.communes[unit];
        if (!side.map || !commune || side.map.group[unit]! >= 0) return null;
        return (
          <p key={side.name} class="notice">
            {side.name}, sans pôle&nbsp;: {whyNoPole(side.map.parameters, commune)}
          </p>
        );
      })}
    </>
  );
}

function PoleLink({ map, unit }: { map: PoleMap | null; unit: number }) {
  if (!map) return <>…</>;
  const pole = map.poles[map.group[unit]!];
  if (!pole) return <>{map.communes[unit] ? 'aucun' : 'aucun flux connu'}</>;
  return (
    <button type="button" class="link" onClick={() => selectPole(pole.code)}>
      {pole.name}
    </button>
  );
}
