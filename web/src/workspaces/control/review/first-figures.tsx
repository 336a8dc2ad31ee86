import type { TerritoryFigures } from '../../../../../server/contracts/cpts-versions.ts';
import { formatCount, formatFixed, formatKm2, formatShare } from '../../../french/numbers.ts';

/** Figures of a territory that replaces none. */
export function FirstFigures({ figures }: { figures: TerritoryFigures }) {
  const { communes, areaKm2, pieces, compactness, li, msi, dataset } = figures;
  const share = (value: number | null) => (value === null ? '—' : formatShare(value));
  return (
    <section aria-labelledby="first-figures">
      <h3 id="first-figures">Premier territoire</h3>
      <dl class="figures">
        <Figure label="Communes" value={formatCount(communes)} />
        <Figure label="Surface" value={formatKm2(areaKm2)} />
        <Figure
          label="D’un seul tenant"
          value={pieces > 1 ? `⚠ non\u00a0: ${formatCount(pieces)} morceaux` : '✓ oui'}
        />
        <Figure
          label="Compacité"
          value={compactness === null ? '—' : formatFixed(compactness, 2)}
        />
        <Figure label="LI" title="Indice de localisation" value={share(li)} />
        <Figure label="MSI" title="Indice de part de marché" value={share(msi)} />
      </dl>
      <p class="quiet">
        {dataset ? `LI et MSI\u00a0: ${dataset.name}.` : 'Aucun flux n’était chargé.'}
      </p>
    </section>
  );
}

function Figure({ label, title, value }: { label: string; title?: string; value: string }) {
  return (
    <div>
      <dt title={title}>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
