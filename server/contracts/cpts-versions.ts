import { Type } from 'typebox';
import { UnitCode } from './names.ts';

const VersionNumber = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** Anything but control characters; a note keeps its tabs and lines. */
export const VersionLabel = Type.String({
  maxLength: 120,
  pattern: '^[^\\u0000-\\u001f\\u007f]*$',
});
export const VersionNote = Type.String({
  maxLength: 1000,
  pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
});

/** What a person changed since the version they started from. */
export const TerritoryChange = Type.Object(
  {
    basedOn: VersionNumber,
    added: Type.Array(UnitCode, { maxItems: 5000 }),
    removed: Type.Array(UnitCode, { maxItems: 5000 }),
    label: Type.Optional(VersionLabel),
    note: Type.Optional(VersionNote),
  },
  {
    additionalProperties: false,
    description:
      'A unit that is in already may be added again, one that is not there removed: neither changes anything',
  },
);
export type TerritoryChange = Type.Static<typeof TerritoryChange>;

/** What others made of the territory since `basedOn`: `details` of `stale_version`. */
export const StaleVersion = Type.Object({
  version: VersionNumber,
  author: Type.String(),
  at: Type.String(),
  added: Type.Array(UnitCode),
  removed: Type.Array(UnitCode),
});
export type StaleVersion = Type.Static<typeof StaleVersion>;
