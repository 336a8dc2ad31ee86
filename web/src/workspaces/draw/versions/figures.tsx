import type { TerritoryFigures } from '../../../../../server/contracts/cpts-versions.ts';
import { formatCount, formatFixed, formatKm2, formatShare } from '../../../french/numbers.ts';

interface Row {
  label: string;
  title?: string;
  of(figures: TerritoryFigures): number | null;
  show(value: number): string;
  /** of the difference, when it is not that of a value */
  showChange?(value: number): string;
}

/** Percentages differ by points. */
const points = (share: number) => `${formatFixed(share * 100, 1)}\u00a0pt`;

const rows: Row[] = [
  { label: 'Communes', of: ({ communes }) => communes, show: formatCount },
  { label: 'Habitants', of: ({ population }) => population, show: formatCount },
  { label: 'Surface', of: ({ areaKm2 }) => areaKm2, show: formatKm2 },
  { label: 'Morceaux', of: ({ pieces }) => pieces, show: formatCount },
  {
    label: 'Compacité',
    title: '4π surface / périmètre², 1 pour un disque',
    of: ({ compactness }) => compactness,
    show: (value) => formatFixed(value, 2),
  },
  {
    label: 'LI',
    title: 'Indice de localisation',
    of: ({ li }) => li,
    show: formatShare,
    showChange: points,
  },
  {
    label: 'MSI',
    title: 'Indice de part de marché',
    of: ({ msi }) => msi,
    show: formatShare,
    showChange: points,
  },
];

interface Side {
  number: number;
  figures: TerritoryFigures;
}

/** Figures of two versions, as they were kept, and what differs. */
export function FiguresBeforeAfter({ before, after }: { before: Side; after: Side }) {
  const [old, young] = [before.figures.dataset, after.figures.dataset];
  return (
    <>
      <table class="versions-figures">
        <caption class="visually-hidden">Chiffres des deux versions</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Version {before.number}</th>
            <th scope="col">Version {after.number}</th>
            <th scope="col">Écart</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, title, of, show, showChange }) => {
            const [from, to] = [of(before.figures), of(after.figures)];
            return (
              <tr key={label}>
                <th scope="row" title={title}>
                  {label}
                </th>
                <td>{from === null ? '—' : show(from)}</td>
                <td>{to === null ? '—' : show(to)}</td>
                <td>
                  {from === null || to === null ? '—' : change(to - from, showChange ?? show)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {old?.id === young?.id ? (
        <p class="quiet">{old ? `LI et MSI\u00a0: ${old.name}.` : 'Aucun flux n’était chargé.'}</p>
      ) : (
        <p class="notice notice-amber">
          LI et MSI ne se comparent pas&nbsp;: {old?.name ?? 'aucun flux'} pour la version{' '}
          {before.number}, {young?.name ?? 'aucun flux'} pour la version {after.number}.
        </p>
      )}
    </>
  );
}

function change(value: number, show: (value: number) => string): string {
  const shown = show(Math.abs(value));
  // What rounds to nothing is no change.
  if (!/[1-9]/.test(shown)) return '=';
  return `${value > 0 ? '+' : '−'}${shown}`;
}
