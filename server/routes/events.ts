import { Readable } from 'node:stream';
import { Type } from '@fastify/type-provider-typebox';
import { EventFilters, EventPage, EventQuery } from '../contracts/events.ts';
import { exportEvents, listEvents, refuseNoDay } from '../usecases/read-events.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { decide } from './rights.ts';

/** The trace of every change, for whoever answers for them. */
export function eventRoutes(app: App, { database }: Dependencies): void {
  app.get(
    '/api/events',
    {
      ...decide,
      schema: {
        summary:
          'Every change: who, when, what, before, after; the latest first. What is done to accounts, for administrators',
        querystring: EventQuery,
        response: { 200: EventPage, ...failures },
      },
    },
    ({ query: { limit, offset, ...filters }, actor }) =>
      listEvents(database().kysely, filters, { limit, offset }, actor),
  );

  app.get(
    '/api/events.csv',
    {
      ...decide,
      schema: {
        summary: 'The same as a table, the oldest first',
        querystring: EventFilters,
        response: { 200: { content: { 'text/csv': { schema: Type.String() } } }, ...failures },
      },
    },
    async ({ query, actor }, reply) => {
      refuseNoDay(query);
      const rows = Readable.from(exportEvents(database().kysely, query, actor));
      return reply
        .header('content-disposition', 'attachment; filename="evenements.csv"')
        .type('text/csv; charset=utf-8')
        .send(rows);
    },
  );
}
