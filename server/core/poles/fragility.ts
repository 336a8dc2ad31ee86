import { type CommuneRow, millionths, type PoleMethod, winnerOf } from './outcome.ts';

/** Fewest and most patients behind a masked cell. */
const FEWEST = 1;
const MOST = 10;

/**
 * Whether some value from 1 to 10 in each of the commune's own masked cells changes its winner, the
 * cells of the others held at their count. `known` and `masked` are those of each destination of
 * `row`, whose patients hold the count chosen.
 *
 * Raising the cells of j and lowering every other one only helps j win, so j can win if and only if
 * it does with its cells at 10 and all others at 1. Under Nystuen–Dacey a commune may also come out
 * as its own pole; then some place t leads with every cell at 1 and either its inflow does not
 * exceed the commune's (own cell at 10), or some j leads instead, just above t's patients, and its
 * inflow does not exceed the commune's (`pole-fragility.ts` in the repositories has the proof).
 */
export function isFragile(
  row: CommuneRow,
  known: readonly number[],
  masked: readonly number[],
  method: PoleMethod,
): boolean {
  if (!masked.some((cells) => cells > 0)) return false;
  const winner = winnerOf(row, method);
  const low = known.map((patients, at) => patients + FEWEST * masked[at]!);
  const high = known.map((patients, at) => patients + MOST * masked[at]!);
  const won = (patients: number[]) => winnerOf({ ...row, patients }, method);
  if (won(low) !== winner) return true;
  for (let at = 0; at < low.length; at++) {
    if (won(low.with(at, high[at]!)) !== winner) return true;
  }
  if (method === 'plurality' || winner === row.self) return false;

  // Here the winner is another place, and extremes keep it: can the commune be its own pole?
  const own = row.destinations.indexOf(row.self);
  const ownMost = row.restOfSelf + (own < 0 ? 0 : high[own]!);
  const others = [...row.destinations.keys()].filter((at) => at !== own);
  const ahead = Math.max(...others.map((at) => millionths(low[at]!)));
  return others.some(
    (at) =>
      millionths(high[at]!) > ahead && millionths(row.rest[at]!) + ahead < millionths(ownMost),
  );
}
