import { computed } from '@preact/signals';
import type { ProposalSummary } from '../../../../server/contracts/proposals.ts';
import { formatCount, formatDate, formatFixed, formatShare } from '../../french/numbers.ts';
import { runId, runs, showRun } from '../../state/proposals.ts';
import { readyValue } from '../../state/resource.ts';
import type { Column } from '../../table/model.ts';
import { askedOf, wishesOf } from '../analyse/describe-run.ts';
import type { DrawerTable } from './drawer-table.ts';

/** A run that is done, with what it was asked that not every other was. */
interface RunRow {
  run: ProposalSummary;
  indicators: NonNullable<ProposalSummary['indicators']>;
  own: string;
}

export const runRows = computed<RunRow[]>(() => {
  const done = (readyValue(runs.state.value) ?? []).flatMap((run) =>
    run.status === 'done' && run.indicators ? [{ run, indicators: run.indicators }] : [],
  );
  const asked = done.map(({ run }) => wishesOf(run));
  const common = (wish: string) => done.length > 1 && asked.every((all) => all.includes(wish));
  return done.map((one, at) => ({
    ...one,
    own: asked[at]!.filter((wish) => !common(wish)).join(' · '),
  }));
});

const figure = (
  key: string,
  label: string,
  title: string,
  value: (row: RunRow) => number | null | undefined,
  show: (value: number) => string,
  width = '110px',
): Column<RunRow> => ({
  key,
  label,
  title,
  value: (row) => value(row) ?? null,
  show: (row) => {
    const told = value(row);
    return told == null ? '—' : show(told);
  },
  width,
  numeric: true,
});

const columns: Column<RunRow>[] = [
  figure('id', 'nᵒ', 'Numéro de la proposition', ({ run }) => run.id, formatCount, '60px'),
  {
    key: 'own',
    label: 'Souhaits propres',
    title: 'Souhaits que toutes n’ont pas',
    value: ({ own }) => own || null,
    width: 'minmax(180px, 1fr)',
  },
  figure(
    'territories',
    'Territoires',
    'Nombre de territoires',
    ({ indicators }) => indicators.territories,
    formatCount,
    '100px',
  ),
  figure(
    'inside',
    'Flux gardés',
    'Flux gardés à l’intérieur des territoires',
    ({ indicators }) => indicators.inside,
    formatShare,
  ),
  figure(
    'inBandShare',
    'Fourchette',
    'Population dans la fourchette, de celle qui peut l’être',
    ({ indicators }) => (indicators.reachablePopulation > 0 ? indicators.inBandShare : null),
    formatShare,
  ),
  figure(
    'compactness',
    'Compacité',
    'Compacité moyenne (1 pour un disque)',
    ({ indicators }) => indicators.compactness,
    (value) => formatFixed(value, 3),
    '100px',
  ),
  figure(
    'epciWhole',
    'EPCI entières',
    'Part des intercommunalités qui sont dans un seul territoire',
    ({ indicators }) => indicators.epciWhole,
    formatShare,
    '120px',
  ),
  figure(
    'seconds',
    'Secondes',
    'Durée du calcul, en secondes',
    ({ run }) => run.seconds,
    (value) => formatFixed(value, 1),
    '96px',
  ),
  { key: 'engine', label: 'Moteur', value: ({ run }) => run.engine, width: '100px' },
];

/** The runs that are done, figure by figure. */
export const runTable = computed<DrawerTable<RunRow>>(() => ({
  label: 'Propositions terminées',
  file: 'propositions',
  rows: runRows.value,
  columns,
  exported: [
    {
      key: 'inBand',
      label: 'Territoires dans la fourchette',
      value: ({ indicators }) => indicators.inBand,
      width: '',
    },
    { key: 'asked', label: 'Souhaits', value: ({ run }) => askedOf(run), width: '' },
    { key: 'threads', label: 'Fils de calcul', value: ({ run }) => run.threads, width: '' },
    { key: 'date', label: 'Lancée', value: ({ run }) => formatDate(run.createdAt), width: '' },
  ],
  keyOf: ({ run }) => String(run.id),
  selected: () => String(runId.value),
  onSelect: ({ run }) => showRun(run.id),
  sort: { key: 'id', descending: true },
  empty: 'Aucune proposition terminée\u00a0: lancez-en une dans Analyser › Territoires proposés.',
  minWidth: 920,
}));
