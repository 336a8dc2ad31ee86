import { Type } from 'typebox';
import { Id, MaskedCount, SpecialtyChoice } from './names.ts';

/** Which flows something is to be worked out from. */
export const FlowsAsked = Type.Object({
  dataset: Type.Optional(Type.Intersect([Id], { description: 'the latest one unless named' })),
  specialty: Type.Optional(SpecialtyChoice),
  masked: Type.Optional(MaskedCount),
});
export type FlowsAsked = Type.Static<typeof FlowsAsked>;

/** Which flows something was worked out from. */
export const FlowsUsed = Type.Object({
  dataset: Type.Union(
    [
      Type.Object({
        id: Id,
        name: Type.String(),
        kind: Type.Union([Type.Literal('extract'), Type.Literal('modelled')]),
      }),
      Type.Null(),
    ],
    { description: 'null where no flows are loaded' },
  ),
  specialty: Type.String(),
  masked: MaskedCount,
});
export type FlowsUsed = Type.Static<typeof FlowsUsed>;

/** What flows say of a choice between receivers. */
export const FlowWord = Type.Union(
  [Type.Literal('known'), Type.Literal('masked'), Type.Literal('none')],
  {
    description:
      'known: certain; masked: masked cells could turn the choice round; none: no patient goes to any',
  },
);

/** What a specialty is, so that general practice is told apart from the specialists. */
export const CareKind = Type.Union(
  [Type.Literal('general'), Type.Literal('specialist'), Type.Literal('other')],
  {
    description:
      'general: general practice; specialist: every other physician; other: nurses, physiotherapists, dentists, midwives, facilities…',
  },
);
export type CareKind = Type.Static<typeof CareKind>;
