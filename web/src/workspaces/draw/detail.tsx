import { useMemo } from 'preact/hooks';
import { formatCount } from '../../french/numbers.ts';
import { PopulationGauge } from '../../shell/population-gauge.tsx';
import { draftUnits, removeUnits, settledUnits } from '../../state/draft.ts';
import { draftFigures } from '../../state/drawing/figures.ts';
import type { Region } from '../../state/region.ts';
import { DataTable } from '../../table/data-table.tsx';
import type { Column } from '../../table/model.ts';
import { AciSizes } from './aci.tsx';
import { Advice } from './advice.tsx';
import { Conflicts } from './conflicts.tsx';
import { Figures } from './figures.tsx';

/** What the draft amounts to, at each move of a gesture. */
export function DrawDetail({ region }: { region: Region }) {
  const figures = draftFigures.value;
  if (draftUnits.value.size === 0 || !figures) {
    return (
      <p class="empty">
        Le territoire est vide&nbsp;: choisissez un outil et prenez des communes sur la carte. Sa
        population, son financement, sa continuité et ses conflits se liront ici.
      </p>
    );
  }
  return (
    <article class="card-plain" aria-label="Territoire dessiné">
      <PopulationGauge population={figures.population} />
      <AciSizes population={figures.population} />
      <Figures region={region} figures={figures} />
      <Conflicts region={region} />
      <Advice region={region} />
      <DraftCommunes region={region} />
    </article>
  );
}

function DraftCommunes({ region }: { region: Region }) {
  // Once a gesture is over: rows that move under the eye say nothing.
  const units = settledUnits.value;
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
