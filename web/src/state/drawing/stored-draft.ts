import {
  effective,
  type Operation,
  renamed,
  replayed,
} from '../../../../server/core/drawing/operations.ts';
import type { Region } from '../region.ts';
import { blankDraft, type Draft, type DraftCommand } from './draft-model.ts';

/**
 * A drawing as the browser keeps it, by unit codes, since another vintage numbers units otherwise.
 * Codes are one text, separated by spaces: a copy of a text costs nothing, one of thousands does.
 */
export interface StoredDraft {
  key: string;
  /** changes at every write: a tab that knows another one has not seen the last */
  revision: string;
  editing: Draft['editing'];
  name: string;
  base: string;
  locked: string;
  operations: { added: string; removed: string; tool: string; at: number }[];
  cursor: number;
  saving: Draft['saving'];
}

type Codes = Pick<Region, 'code' | 'indexOf' | 'parts'>;

const joined = (codes: Iterable<string>) => [...codes].join(' ');
const apart = (text: string) => (text === '' ? [] : text.split(' '));

export function toStored(
  key: string,
  draft: Draft,
  { code }: Codes,
): Omit<StoredDraft, 'revision'> {
  const codes = (units: Iterable<number>) => joined([...units].map((unit) => code[unit]!));
  return {
    key,
    editing: draft.editing,
    name: draft.name,
    base: codes(draft.base),
    locked: codes(draft.locked),
    operations: draft.log.operations.map((one) => textOf(renamed(one, (unit) => code[unit]))),
    cursor: draft.log.cursor,
    saving: draft.saving,
  };
}

const textOf = ({ added, removed, tool, at }: Operation<string>) => ({
  added: joined(added),
  removed: joined(removed),
  tool,
  at,
});

const operationsOf = ({ operations }: Pick<StoredDraft, 'operations'>): Operation<string>[] =>
  operations.map(({ added, removed, ...rest }) => ({
    ...rest,
    added: apart(added),
    removed: apart(removed),
  }));

/**
 * The drawing in the region shown. A commune that was divided since is its parts, a part that is no
 * more its commune; units that the region does not hold at all are passed over.
 */
export function fromStored(
  stored: Omit<StoredDraft, 'revision'>,
  { indexOf, parts }: Codes,
): Draft {
  const now = (code: string): readonly number[] => {
    const unit = indexOf.get(code) ?? (parts.has(code) ? undefined : indexOf.get(code.slice(0, 5)));
    return unit === undefined ? (parts.get(code) ?? []) : [unit];
  };
  const each = (codes: readonly string[]) => new Set(codes.flatMap(now));
  const units = (text: string) => each(apart(text));
  const operations = operationsOf(stored).map(({ added, removed, ...rest }) => ({
    ...rest,
    added: [...each(added)],
    removed: [...each(removed)],
  }));
  const base = units(stored.base);
  const log = { operations, cursor: stored.cursor };
  return {
    editing: stored.editing,
    name: stored.name,
    base,
    units: replayed(base, log),
    locked: units(stored.locked),
    log,
    saving: stored.saving,
  };
}

/**
 * What is kept after a command, or null for nothing. `seen` tells that the tab that gave the command
 * knew all that was kept: else what it changes is counted again on what another tab made.
 */
export function afterCommand(
  key: string,
  before: Omit<StoredDraft, 'revision'> | undefined,
  command: DraftCommand,
  codes: Codes,
  seen: boolean,
): Omit<StoredDraft, 'revision'> | null {
  const kept = before ?? toStored(key, blankDraft, codes);
  const { operations, cursor } = kept;
  switch (command.kind) {
    case 'forget':
      return null;
    case 'set':
      return toStored(key, command.draft, codes);
    case 'describe': {
      const { name, saving } = command;
      return {
        ...kept,
        name,
        saving,
        locked: joined([...command.locked].map((u) => codes.code[u]!)),
      };
    }
    case 'undo':
      return { ...kept, cursor: Math.max(0, cursor - 1) };
    case 'redo':
      return { ...kept, cursor: Math.min(operations.length, cursor + 1) };
    case 'perform': {
      const { kind, ...gesture } = command;
      let made = renamed(gesture, (unit) => codes.code[unit]);
      if (!seen) {
        const log = { operations: operationsOf(kept), cursor };
        const members = replayed(apart(kept.base), log);
        made = { ...made, ...effective(members, made.added, made.removed) };
        if (made.added.length + made.removed.length === 0) return kept;
      }
      return {
        ...kept,
        operations: [...operations.slice(0, cursor), textOf(made)],
        cursor: cursor + 1,
      };
    }
  }
}
