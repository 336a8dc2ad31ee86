import { Type } from 'typebox';
import { CptsStatus } from './cpts.ts';
import { TerritoryFigures, VersionNumber } from './cpts-versions.ts';
import { Id, UnitCode } from './names.ts';
import { Page } from './paging.ts';

const LinkKind = Type.Union([Type.Literal('view'), Type.Literal('comment')], {
  description: 'what its holders may do: look, or comment too',
});
export type LinkKind = Type.Static<typeof LinkKind>;

/** A line of text that may be empty. */
const line = (maxLength: number) =>
  Type.String({ maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });

/** Plain text with something in it besides spaces, lines and tabs allowed. */
const CommentText = Type.String({
  minLength: 1,
  maxLength: 1000,
  pattern:
    '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
});

export const NewLink = Type.Object(
  { kind: LinkKind, label: line(120) },
  { additionalProperties: false },
);
export type NewLink = Type.Static<typeof NewLink>;

export const ShareLink = Type.Object({
  id: Id,
  kind: LinkKind,
  label: Type.String(),
  createdAt: Type.String(),
  usedAt: Type.Union([Type.String(), Type.Null()], { description: 'to the minute' }),
  revokedAt: Type.Union([Type.String(), Type.Null()]),
});
export type ShareLink = Type.Static<typeof ShareLink>;

export const ShareLinkList = Type.Object({ items: Type.Array(ShareLink) });
export type ShareLinkList = Type.Static<typeof ShareLinkList>;

export const CreatedLink = Type.Intersect([
  ShareLink,
  Type.Object({
    token: Type.String({
      description: 'what /partage/<token> opens; given this once, and kept nowhere',
    }),
  }),
]);
export type CreatedLink = Type.Static<typeof CreatedLink>;

/** What the holders of a link read of a comment. */
export const SharedComment = Type.Object({
  id: Id,
  version: VersionNumber,
  unit: Type.Union([UnitCode, Type.Null()], { description: 'null: the whole territory' }),
  author: Type.String({ description: 'as typed; empty: nobody gave a name' }),
  text: Type.String({ description: 'plain text' }),
  at: Type.String(),
  answer: Type.Union([Type.Object({ text: Type.String(), at: Type.String() }), Type.Null()]),
  closedAt: Type.Union([Type.String(), Type.Null()]),
});
export type SharedComment = Type.Static<typeof SharedComment>;

export const TerritoryComment = Type.Intersect([
  SharedComment,
  Type.Object({
    link: Type.Union([Type.Object({ id: Id, label: Type.String() }), Type.Null()]),
  }),
]);
export type TerritoryComment = Type.Static<typeof TerritoryComment>;
export const CommentPage = Type.Intersect([
  Page(TerritoryComment),
  Type.Object({ open: Type.Integer({ minimum: 0, description: 'comments not closed, of all' }) }),
]);
export type CommentPage = Type.Static<typeof CommentPage>;

/** How many comments each CPTS got; those without any are not there. */
export const CommentCounts = Type.Object({
  items: Type.Array(
    Type.Object({
      cpts: Id,
      total: Type.Integer(),
      open: Type.Integer({ description: 'not closed' }),
    }),
  ),
});
export type CommentCounts = Type.Static<typeof CommentCounts>;

export const NewComment = Type.Object(
  {
    unit: Type.Optional(UnitCode),
    author: Type.Optional(line(80)),
    text: CommentText,
  },
  { additionalProperties: false, description: 'Without a unit: on the whole territory' },
);
export type NewComment = Type.Static<typeof NewComment>;

export const Answer = Type.Object({ text: CommentText }, { additionalProperties: false });
export type Answer = Type.Static<typeof Answer>;

/** All that a shared page shows. */
export const SharedTerritory = Type.Object({
  kind: LinkKind,
  cpts: Type.Object({
    name: Type.String(),
    status: CptsStatus,
    recognised: Type.Boolean(),
    version: VersionNumber,
    savedAt: Type.String(),
    label: Type.String(),
    units: Type.Array(UnitCode),
    figures: TerritoryFigures,
  }),
  comments: Type.Array(SharedComment, { description: 'the latest first, 500 at most' }),
});
export type SharedTerritory = Type.Static<typeof SharedTerritory>;
