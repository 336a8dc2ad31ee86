import type { Kysely } from 'kysely';
import { unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';
import type { Found } from '../imports/cpts-list/place-book.ts';
import type { WantedUnit } from '../imports/territory/territory-file.ts';
import type { OldCommunesTask } from '../workers/old-communes.ts';
import { runTask } from '../workers/task.ts';
import { leavesOfPlaces } from './cpts-list/leaves-of-places.ts';
import type { MatchedUnits } from './match-units.ts';

/** What became of the lines of a list that no loaded unit fits. */
export interface FollowedUnits {
  /** loaded leaves that some of them are today */
  codes: string[];
  /** merged communes, and the loaded one each became */
  followed: { text: string; code: string }[];
  /** split communes, with the loaded ones that they became: which is for the user to say */
  ambiguous: { text: string; codes: string[] }[];
  unmatched: WantedUnit[];
}

/**
 * Follows the lines of each list that fit no loaded unit, as `placeBook` does those of a list of CPTS:
 * communes merged since are the one they are part of. In a thread, since the official lists are
 * megabytes, and only where there is something to follow.
 */
export async function followUnmatched(
  db: Kysely<Schema>,
  vintage: string,
  passages: string[],
  lists: readonly MatchedUnits[],
  signal: AbortSignal,
): Promise<FollowedUnits[]> {
  const asked = lists.flatMap(({ unmatched }) => unmatched);
  if (asked.length === 0) return lists.map(() => followedUnits([], [], () => []));
  const places = await unitRepository(db).places(vintage);
  const loaded = places.map(({ code, name, department }) => ({ code, name, department }));
  const found = await runTask<OldCommunesTask, Found[]>(
    new URL('../workers/old-communes.ts', import.meta.url),
    { loaded, passages, asked: asked.map((one) => ({ ...one, postalCode: null })) },
    { signal },
  );
  const leaves = leavesOfPlaces(places);
  const inOrder = found.values();
  return lists.map(({ unmatched }) =>
    followedUnits(
      unmatched,
      unmatched.map(() => inOrder.next().value!),
      leaves,
    ),
  );
}

function followedUnits(
  asked: readonly WantedUnit[],
  found: readonly Found[],
  leaves: (codes: readonly string[]) => string[],
): FollowedUnits {
  const result: FollowedUnits = { codes: [], followed: [], ambiguous: [], unmatched: [] };
  asked.forEach((one, at) => {
    const what = found[at]!;
    if (what.kind === 'place') {
      result.codes.push(...leaves([what.code]));
      result.followed.push({ text: one.text, code: what.code });
    } else if (what.kind === 'doubt' && what.why === 'split_commune') {
      result.ambiguous.push({ text: one.text, codes: leaves(what.candidates) });
    } else result.unmatched.push(one);
  });
  return result;
}
