import { useMemo } from 'preact/hooks';
import { counted, formatCount, formatInhabitants } from '../../french/numbers.ts';
import { PopulationGauge } from '../../shell/population-gauge.tsx';
import { sharedWith } from '../../state/cpts.ts';
import { draftUnits, pieceCount, removeUnits } from '../../state/draft.ts';
import { otherCpts } from '../../state/drawing/others.ts';
import { populationOf, type Region } from '../../state/region.ts';
import { DataTable } from '../../table/data-table.tsx';
import type { Column } from '../../table/model.ts';

/** What the draft amounts to, at each gesture. */
export function DrawDetail({ region }: { region: Region }) {
  const units = draftUnits.value;
  if (units.size === 0) {
    return (
      <p class="empty">
        Le territoire est vide&nbsp;: cliquez sur une commune pour commencer. Sa population, sa
        continuité et ses conflits se liront ici.
      </p>
    );
  }
  const pieces = pieceCount(region, units);
  return (
    <article class="card-plain" aria-label="Territoire dessiné">
      <PopulationGauge population={populationOf(region, units)} />
      <dl class="figures">
        <div>
          <dt>Communes</dt>
          <dd>{formatCount(units.size)}</dd>
        </div>
        <div>
          <dt>D’un seul tenant</dt>
          <dd>
            {pieces === 1 ? '✓ oui' : `⚠ non\u00a0: ${counted(pieces, 'morceau', 'morceaux')}`}
          </dd>
        </div>
      </dl>
      <Conflicts region={region} units={units} />
      <DraftCommunes region={region} units={units} />
    </article>
  );
}

interface Props {
  region: Region;
  units: ReadonlySet<number>;
}

function Conflicts({ region, units }: Props) {
  const shared = sharedWith(region, units, otherCpts.value.open);
  if (shared.length === 0) {
    return <p class="quiet">✓ Aucune commune n’est dans une autre CPTS.</p>;
  }
  return (
    <section class="notice notice-error">
      <h3>Communes déjà dans une autre CPTS</h3>
      <ul>
        {shared.map(({ cpts, units: common, population }) => (
          <li key={cpts.id}>
            <strong>{cpts.name}</strong> {cpts.recognised ? '(reconnue)' : '(pas encore reconnue)'}
            &nbsp;: {counted(common.length, 'commune')}, {formatInhabitants(population)}
            <span class="quiet"> — {nameSome(region, common)}</span>
          </li>
        ))}
      </ul>
      {shared.some(({ cpts }) => cpts.recognised) && (
        <p>
          Un brouillon peut chevaucher une CPTS&nbsp;; il ne pourra pas être reconnu tant que ces
          communes y sont.
        </p>
      )}
    </section>
  );
}

function nameSome(region: Region, units: readonly number[], most = 6): string {
  const names = units.slice(0, most).map((unit) => region.name[unit]);
  const rest = units.length - names.length;
  return names.join(', ') + (rest > 0 ? ` et ${counted(rest, 'autre')}` : '');
}

function DraftCommunes({ region, units }: Props) {
  const rows = useMemo(() => [...units], [units]);
  const columns = useMemo(() => communeColumns(region), [region]);
  return (
    <section class="list-section">
      <h3>Communes du territoire</h3>
      <p class="quiet">Entrée ou un clic retire la commune.</p>
      <DataTable
        label="Communes du territoire dessiné"
        rows={rows}
        columns={columns}
        keyOf={(unit) => region.code[unit]!}
        selected={null}
        onSelect={(unit) => removeUnits([unit])}
        initialSort={{ key: 'population', descending: true }}
        empty="Aucune commune."
      />
    </section>
  );
}

function communeColumns(region: Region): Column<number>[] {
  return [
    { key: 'name', label: 'Commune', value: (u) => region.name[u]!, width: 'minmax(100px, 1fr)' },
    { key: 'code', label: 'Code', value: (u) => region.code[u]!, width: '68px' },
    {
      key: 'population',
      label: 'Hab.',
      title: 'Habitants',
      value: (u) => region.population[u]!,
      show: (u) => formatCount(region.population[u]!),
      width: '76px',
      numeric: true,
    },
  ];
}
