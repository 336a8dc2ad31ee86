import type { KeptCare } from '../../../../server/contracts/proposal-explanations.ts';
import type { ProposalParameters } from '../../../../server/contracts/proposals.ts';
import { careKindLabels, careKinds } from '../../../../server/core/flows/care-kinds.ts';
import { formatShare } from '../../french/numbers.ts';
import { datasetOf } from '../../state/analysis.ts';
import { explanation } from '../../state/explanations.ts';
import { readyValue } from '../../state/resource.ts';

/** Rows of a list of figures: what stays inside of each kind of care; none where there is one kind. */
export function KeptCareRows({ care }: { care: readonly KeptCare[] }) {
  return care.map(({ kind, inside }) => (
    <Row key={kind} kind={kind} shown={inside === null ? '—' : formatShare(inside)} />
  ));
}

/** The same over a whole run, told with its explanation: their place is kept until that is there. */
export function RunKeptCare({ run, asked }: { run: number; asked: ProposalParameters }) {
  const state = explanation.state.value;
  const told = readyValue(state);
  if (told?.run === run) return <KeptCareRows care={told.care} />;
  const kinds = careKinds(datasetOf(asked.flowDataset)?.specialties ?? []);
  if (kinds.length < 2) return null;
  const shown = state.status === 'failed' ? '—' : '…';
  return kinds.map((kind) => <Row key={kind} kind={kind} shown={shown} />);
}

function Row({ kind, shown }: { kind: KeptCare['kind']; shown: string }) {
  return (
    <div class="part">
      <dt>{careKindLabels[kind]}</dt>
      <dd>{shown}</dd>
    </div>
  );
}

/** Beside the whole figure, where the run counts specialties otherwise than the rows under it. */
export function CountedAsAsked({ asked }: { asked: ProposalParameters }) {
  const { flowDataset, specialty, specialtyWeights } = asked;
  if (careKinds(datasetOf(flowDataset)?.specialties ?? []).length < 2) return null;
  const once = Object.values(specialtyWeights).every((weight) => weight === 1);
  if (specialty === 'all' && once) return null;
  return (
    <dd class="quiet">
      {specialty === 'all' ? 'aux poids demandés' : 'de la spécialité demandée'}&nbsp;; ci-dessous,
      chaque patient compte une fois.
    </dd>
  );
}
