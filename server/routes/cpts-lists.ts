import {
  CptsListQuery,
  CptsListReport,
  ImportCptsList,
  ImportedCptsList,
} from '../contracts/cpts-lists.ts';
import { stepVerbs } from '../core/events/verbs.ts';
import { limits } from '../imports/territory/territory-file.ts';
import { importCptsList } from '../usecases/cpts-list/import-list.ts';
import { readCptsList } from '../usecases/cpts-list/read-list.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { decide, heavyWork, keepsNothing, records } from './rights.ts';
import { wholeBody } from './whole-body.ts';

/** The CPTS that there are, from the list of an agency. */
export function cptsListRoutes(app: App, { database, region, passages }: Dependencies): void {
  app.post(
    '/api/cpts-lists',
    {
      ...keepsNothing(heavyWork, 'reads a file and forgets it'),
      bodyLimit: limits.bytes,
      schema: {
        summary:
          'Sends a list of CPTS, one row a CPTS and commune (CSV, application/octet-stream); answers them as units, with what a person has to decide; nothing is kept',
        consumes: ['application/octet-stream'],
        querystring: CptsListQuery,
        response: { 200: CptsListReport, ...failures },
      },
    },
    async (request, reply) => {
      const { vintage } = region.loaded();
      const { name: file } = request.query;
      const bytes = await wholeBody(request.body, request.headers['content-length'], file);
      const gone = new AbortController();
      reply.raw.on('close', () => gone.abort());
      const ground = {
        db: database().kysely,
        vintage,
        passages: passages(),
        signal: gone.signal,
      };
      return readCptsList(ground, { file, bytes });
    },
  );

  app.post(
    '/api/cpts-lists/import',
    {
      ...records(decide, 'create', ...stepVerbs),
      bodyLimit: 8 * 2 ** 20,
      schema: {
        summary:
          'Creates the CPTS of a list in their steps, all or none; 409 territory_conflict says what stands in the way',
        body: ImportCptsList,
        response: { 201: ImportedCptsList, ...failures },
      },
    },
    async ({ body, actor }, reply) => {
      const { vintage } = region.loaded();
      const imported = await importCptsList(database().kysely, vintage.id, body, actor);
      return reply.status(201).send(imported);
    },
  );
}
