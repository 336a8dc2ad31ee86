import { countSent, type FlowWord, flowWord, type Sent } from '../flows/sent.ts';

export interface Receiver {
  /** index of the territory, null where none receives a patient */
  territory: number | null;
  /** another receives as many; the one with the lowest index is named */
  tie: boolean;
  flows: FlowWord;
}

/**
 * The territory that receives most of the patients of some ground.
 *
 * @param sent what each territory receives, by index; one that is absent receives nothing
 * @param masked patients that a masked cell counts as
 */
export function receiverAmong(sent: ReadonlyMap<number, Sent>, masked: number): Receiver {
  const ranked = [...sent]
    .map(([territory, one]) => ({ territory, one, count: countSent(one, masked) }))
    .sort((p, q) => q.count - p.count || p.territory - q.territory);
  const [first, second] = ranked;
  if (!first) return { territory: null, tie: false, flows: 'none' };
  const flows = flowWord(
    first.one,
    ranked.slice(1).map(({ one }) => one),
  );
  if (first.count === 0) return { territory: null, tie: false, flows };
  return { territory: first.territory, tie: second?.count === first.count, flows };
}
