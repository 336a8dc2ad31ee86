import type {
  OverlapResolution,
  TerritoryEffect,
} from '../../../../../server/contracts/overlaps.ts';
import { formatCount, formatShare } from '../../../french/numbers.ts';

const bandWords = { below: '⚠ sous', in: '✓ dans', above: '⚠ au-dessus' } as const;

const rows: { label: string; title?: string; show(figures: TerritoryEffect): string }[] = [
  { label: 'Communes', show: ({ units }) => formatCount(units) },
  { label: 'Habitants', show: ({ population }) => formatCount(population) },
  {
    label: 'Fourchette',
    title: 'de 30\u202f000 à 100\u202f000 habitants',
    show: ({ band }) => bandWords[band],
  },
  {
    label: 'Morceaux',
    show: ({ pieces }) => (pieces > 1 ? `⚠ ${formatCount(pieces)}` : formatCount(pieces)),
  },
  {
    label: 'LI',
    title: 'Indice de localisation\u00a0: part des soins de ses habitants qui y sont donnés',
    show: ({ li }) => (li === null ? '—' : formatShare(li)),
  },
];

/** What the sharing would make of both. */
export function Effects({ told }: { told: OverlapResolution }) {
  const { a, b } = told.effects;
  return (
    <section aria-labelledby="effects-title">
      <h3 id="effects-title">Effets sur les deux</h3>
      <table class="versions-figures effects">
        <caption class="visually-hidden">Chaque CPTS avant et après le partage</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">A avant</th>
            <th scope="col">A après</th>
            <th scope="col">B avant</th>
            <th scope="col">B après</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, title, show }) => (
            <tr key={label}>
              <th scope="row" title={title}>
                {label}
              </th>
              <td>{show(a.before)}</td>
              <td>
                <strong>{show(a.after)}</strong>
              </td>
              <td>{show(b.before)}</td>
              <td>
                <strong>{show(b.after)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {[told.a, told.b]
        .filter(({ id }) => told.empties.includes(id))
        .map(({ id, name }) => (
          <p key={id} class="notice notice-amber">
            «&nbsp;{name}&nbsp;» ne tiendrait plus rien&nbsp;: laissez-lui une commune, ou proposez
            de la clore.
          </p>
        ))}
    </section>
  );
}
