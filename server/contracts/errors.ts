import { Type } from 'typebox';

/** What every 4xx and 5xx answer of the API looks like: a stable English code, a French sentence. */
export const ErrorAnswer = Type.Object(
  {
    error: Type.Object({
      code: Type.String({ description: 'Stable English code, for programs' }),
      message: Type.String({ description: 'One French sentence: what happened, and what to do' }),
      details: Type.Optional(Type.Unknown({ description: 'What the code makes precise' })),
      requestId: Type.String({ description: 'Also in the log and in the x-request-id header' }),
    }),
  },
  { $id: 'ErrorAnswer' },
);
export type ErrorAnswer = Type.Static<typeof ErrorAnswer>;
