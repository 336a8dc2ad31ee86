import { emptyLog, type OperationLog } from '../../../../server/core/drawing/operations.ts';

/** The CPTS whose next version is being drawn. */
export interface Editing {
  id: number;
  /** version that the drawing started from */
  version: number;
  name: string;
  /** tells it from another database's CPTS of the same number */
  createdAt: string;
}

/** One drawing: a new CPTS, or the next version of one. */
export interface Draft {
  editing: Editing | null;
  name: string;
  /** units it started from: those of the version edited, none for a new CPTS */
  base: ReadonlySet<number>;
  units: ReadonlySet<number>;
  locked: ReadonlySet<number>;
  log: OperationLog;
  /** a save that waits for the server, with what was said of the version */
  saving: SaveWanted | null;
}

export interface SaveWanted {
  label?: string;
  note?: string;
}

/** What was done to a drawing, for what keeps it to do the same. */
export type DraftCommand =
  | {
      kind: 'perform';
      added: readonly number[];
      removed: readonly number[];
      tool: string;
      at: number;
    }
  | { kind: 'undo' }
  | { kind: 'redo' }
  | { kind: 'set'; draft: Draft }
  | ({ kind: 'describe' } & Pick<Draft, 'name' | 'locked' | 'saving'>)
  | { kind: 'forget' };

export const blankDraft: Draft = {
  editing: null,
  name: '',
  base: new Set(),
  units: new Set(),
  locked: new Set(),
  log: emptyLog,
  saving: null,
};

export const keyOfDraft = (edited: Editing | null) =>
  edited === null ? 'new' : `cpts/${edited.id}/${edited.createdAt}`;

export const changes = ({ base, units }: Pick<Draft, 'base' | 'units'>) =>
  base.size !== units.size || [...units].some((unit) => !base.has(unit));

/** The drawing with the units that its own have become. */
export function renumbered(draft: Draft, now: (unit: number) => readonly number[]): Draft {
  const each = (units: Iterable<number>) => new Set([...units].flatMap(now));
  return {
    ...draft,
    base: each(draft.base),
    units: each(draft.units),
    locked: each(draft.locked),
    log: {
      ...draft.log,
      operations: draft.log.operations.map(({ added, removed, ...rest }) => ({
        ...rest,
        added: [...each(added)],
        removed: [...each(removed)],
      })),
    },
  };
}
