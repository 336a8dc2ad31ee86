/**
 * The log of a drawing: one gesture is one operation, however many units it changes, and undoing is
 * the same operation the other way. An operation names units that it really changes: it can then be
 * turned round without looking at what was there before.
 *
 * `U` is how a unit is named: its index in the region while one draws, its code in what is kept.
 */
export interface Operation<U = number> {
  added: readonly U[];
  removed: readonly U[];
  /** what made it, for the history */
  tool: string;
  /** milliseconds since 1970 */
  at: number;
}

export interface OperationLog<U = number> {
  operations: readonly Operation<U>[];
  /** how many of them are in force; those after it can be redone */
  cursor: number;
}

export const emptyLog: OperationLog<never> = { operations: [], cursor: 0 };

/** What of a gesture changes the members; a unit both added and removed is added. */
export function effective<U>(
  members: ReadonlySet<U>,
  added: Iterable<U>,
  removed: Iterable<U>,
): { added: U[]; removed: U[] } {
  const wanted = new Set(added);
  return {
    added: [...wanted].filter((unit) => !members.has(unit)),
    removed: [...new Set(removed)].filter((unit) => members.has(unit) && !wanted.has(unit)),
  };
}

/** Members after an operation. */
export function applied<U>(members: ReadonlySet<U>, { added, removed }: Change<U>): Set<U> {
  const after = new Set(members);
  for (const unit of removed) after.delete(unit);
  for (const unit of added) after.add(unit);
  return after;
}

type Change<U> = Pick<Operation<U>, 'added' | 'removed'>;

export const inverted = <U>({ added, removed }: Change<U>): Change<U> => ({
  added: removed,
  removed: added,
});

/** The log with one more operation; what could be redone no longer can. */
export function performed<U>(
  { operations, cursor }: OperationLog<U>,
  operation: Operation<U>,
): OperationLog<U> {
  return { operations: [...operations.slice(0, cursor), operation], cursor: cursor + 1 };
}

/** Members that a log leads to from those it started on. */
export function replayed<U>(base: Iterable<U>, { operations, cursor }: OperationLog<U>): Set<U> {
  const members = new Set(base);
  for (const { added, removed } of operations.slice(0, cursor)) {
    for (const unit of removed) members.delete(unit);
    for (const unit of added) members.add(unit);
  }
  return members;
}

/** The same operation with its units named otherwise; those without a name there are left out. */
export function renamed<U, V>(
  { added, removed, ...rest }: Operation<U>,
  nameOf: (unit: U) => V | undefined,
): Operation<V> {
  const named = (units: readonly U[]) =>
    units.map(nameOf).filter((name): name is V => name !== undefined);
  return { ...rest, added: named(added), removed: named(removed) };
}
