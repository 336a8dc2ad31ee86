import { formatCount } from '../../french/numbers.ts';
import { dataset, datasets, flowFact, labelOf } from '../../state/analysis.ts';
import type { PoleMap } from '../../state/pole-map.ts';
import type { TerritoryMap } from '../../state/proposals.ts';
import { readyValue } from '../../state/resource.ts';
import type { Cell, Column } from '../../table/model.ts';
import { describeAnalysis } from '../analyse/describe-analysis.ts';

/** The same on each row, so that a file says what it is made from and stays a plain table. */
function constant<Row>(key: string, label: string, cell: Cell): Column<Row> {
  return { key, label, value: () => cell, width: '' };
}

/** Which flows, of which specialty, the poles were computed from. */
export function flowSource<Row>(specialty: string, map: PoleMap | null): Column<Row>[] {
  const shown = dataset.value;
  if (!shown) return [];
  return [
    constant('flows', 'Source des flux', plain(flowFact(shown))),
    constant('dataset', 'Jeu de flux (numéro)', shown.id),
    constant('specialty', 'Spécialité', labelOf(specialty)),
    ...(map
      ? [
          constant<Row>('analysis', 'Analyse (numéro)', map.parameters.run),
          constant<Row>(
            'asked',
            'Analyse\u00a0: réglages',
            plain(describeAnalysis(map.parameters)),
          ),
        ]
      : []),
  ];
}

/** Which proposal the territories are of, and what it was asked. */
export function proposalSource<Row>(map: TerritoryMap | null): Column<Row>[] {
  if (!map) return [];
  const { id, parameters } = map.proposal;
  const used = readyValue(datasets.state.value)?.find((set) => set.id === parameters.flowDataset);
  const { floor, ceiling, seed, specialty } = parameters;
  return [
    constant('proposal', 'Proposition (numéro)', id),
    constant(
      'proposalAsked',
      'Proposition\u00a0: paramètres',
      plain(`${formatCount(floor)} à ${formatCount(ceiling)} hab., graine ${seed}`),
    ),
    constant('proposalSpecialty', 'Proposition\u00a0: spécialité', labelOf(specialty)),
    constant(
      'proposalFlows',
      'Proposition\u00a0: source des flux',
      used ? plain(flowFact(used)) : null,
    ),
    constant(
      'proposalDataset',
      'Proposition\u00a0: jeu de flux (numéro)',
      parameters.flowDataset ?? null,
    ),
  ];
}

/** Spreadsheets search and compare plain spaces. */
const plain = (text: string) => text.replace(/\s/g, ' ');
