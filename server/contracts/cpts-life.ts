import { Type } from 'typebox';

/** A day, `2026-11-22`. */
export const Day = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'day, YYYY-MM-DD, in Paris',
});

/** Steps that are taken in the life of a CPTS (domain: idée → … → contrat ACI signé → clos). */
export const CptsStep = Type.Union([
  Type.Literal('send_letter'),
  Type.Literal('accept_territory'),
  Type.Literal('deposit_project'),
  Type.Literal('validate_project'),
  Type.Literal('oppose'),
  Type.Literal('sign_contract'),
  Type.Literal('withdraw'),
  Type.Literal('close'),
]);
export type CptsStep = Type.Static<typeof CptsStep>;

/** Plain text of a decision: tabs and lines, no other control character. */
const Reason = Type.String({
  maxLength: 1000,
  pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
});

export const TakeStep = Type.Object(
  {
    step: CptsStep,
    on: Type.Optional({ ...Day, description: 'when it took effect, today unless given' }),
    reason: Type.Optional(Reason),
  },
  { additionalProperties: false },
);
export type TakeStep = Type.Static<typeof TakeStep>;

/** An opposition of the ARS to the territory, until that is accepted again. */
export const Opposition = Type.Object({ reason: Type.String(), on: Day, by: Type.String() });

export const RefuseVersion = Type.Object(
  { reason: Reason },
  { additionalProperties: false, description: 'why, at least two signs' },
);
export type RefuseVersion = Type.Static<typeof RefuseVersion>;
