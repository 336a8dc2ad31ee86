import { countSent, type FlowWord, flowWord, type Sent } from '../flows/sent.ts';

/** A unit that two CPTS share, with what speaks for each. */
interface Shared {
  /** residents treated in the units that a alone holds, and in those that b alone holds */
  toA: Sent;
  toB: Sent;
  /** border with the units that a alone holds, and with those that b alone holds, m */
  alongA: number;
  alongB: number;
}

/** What decided; each is asked only where those before it say nothing. */
type Reason = 'patients' | 'step' | 'border' | 'number';

export interface Given {
  to: 'a' | 'b';
  because: Reason;
  flows: FlowWord;
  /** as many patients for both, more than none */
  tie: boolean;
}

/**
 * To which of two CPTS a unit that both hold is given: the one that receives most of its patients in
 * what it alone holds. Units that both hold speak for neither. Where both receive as many, or none:
 * the one further on its way (`further` above 0 for a, below for b), then the one along which the
 * unit has the longer border, to the metre, then a, the older.
 *
 * @param masked patients that a masked cell counts as
 */
export function receiverOf(
  { toA, toB, alongA, alongB }: Shared,
  further: number,
  masked: number,
): Given {
  const patients = countSent(toA, masked) - countSent(toB, masked);
  const border = Math.round(alongA) - Math.round(alongB);
  const [because, difference]: [Reason, number] =
    patients !== 0
      ? ['patients', patients]
      : further !== 0
        ? ['step', further]
        : border !== 0
          ? ['border', border]
          : ['number', 0];
  const to = difference < 0 ? 'b' : 'a';
  return {
    to,
    because,
    flows: to === 'a' ? flowWord(toA, [toB]) : flowWord(toB, [toA]),
    tie: patients === 0 && countSent(toA, masked) > 0,
  };
}
