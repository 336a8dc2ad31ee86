import { Type } from 'typebox';
import { type EventVerb, eventVerbs } from '../core/events/verbs.ts';
import { Day } from './cpts-life.ts';
import { Id } from './names.ts';
import { Page, Paging } from './paging.ts';

const words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });

/** Which events are wanted: all that every filter lets through. */
export const EventFilters = Type.Object({
  subject: Type.Optional(
    Type.String({
      maxLength: 80,
      pattern: '^[a-z][a-z-]*(/[A-Za-z0-9.-]+)?$',
      description: 'what was changed, `cpts/12`, or every one of a kind, `cpts`',
    }),
  ),
  actor: Type.Optional(words(200)),
  verb: Type.Optional(Type.Unsafe<EventVerb>({ type: 'string', enum: eventVerbs })),
  from: Type.Optional({ ...Day, description: 'first day, in Paris' }),
  until: Type.Optional({ ...Day, description: 'last day, in Paris' }),
});
export type EventFilters = Type.Static<typeof EventFilters>;
export const EventQuery = Type.Intersect([EventFilters, Paging]);

const State = (description: string) => Type.Unknown({ description });

/** Something that was changed: who, when, what, before, after. */
export const ChangeEvent = Type.Object({
  id: Id,
  at: Type.String(),
  actor: Type.String({ description: 'name that it is signed with' }),
  account: Type.Union([Id, Type.Null()], {
    description: 'account of whoever caused it, null where nobody was signed in',
  }),
  verb: Type.String(),
  subject: Type.String({ description: 'kind and number, `cpts/12`' }),
  before: State('what it was, as far as the change goes; null for a creation'),
  after: State('what it became'),
  requestId: Type.Union([Type.String(), Type.Null()], {
    description: 'x-request-id of the answer, null for the program’s own doing',
  }),
});
export type ChangeEvent = Type.Static<typeof ChangeEvent>;
export const EventPage = Page(ChangeEvent);
export type EventPage = Type.Static<typeof EventPage>;
