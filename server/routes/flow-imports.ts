import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import {
  ExtractInspection,
  FlowImportReport,
  ImportChoices,
  SpecialtiesFound,
  SpecialtyColumns,
  UploadId,
  UploadQuery,
} from '../contracts/flow-imports.ts';
import { FlowRunSummary } from '../contracts/flow-runs.ts';
import { Id } from '../contracts/names.ts';
import { flowDatasetRepository } from '../db/repositories/flow-datasets.ts';
import { DomainError } from '../errors.ts';
import { reportCsv } from '../imports/extract/report-csv.ts';
import { knownDataset } from '../usecases/analyse-poles.ts';
import { inspectUpload, specialtiesOf, startImport } from '../usecases/import-extract.ts';
import { removeFlows } from '../usecases/remove-flows.ts';
import { briefReport } from './brief-report.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { analyse, keepsNothing, look, records } from './rights.ts';
import { receiveUpload } from './upload-body.ts';

const uploadParams = Type.Object({ id: UploadId });
const params = Type.Object({ id: Id });
const csv = { produces: ['text/csv'], params } as const;

/** An extract from the file sent to the dataset, its report, and its removal. */
export function flowImportRoutes(app: App, deps: Dependencies): void {
  const { database, region, flowRuns, uploads, passages } = deps;
  const vintage = () => region.loaded().vintage;

  // The body of a file is handed on as it comes: it goes to the disk, never into memory.
  app.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));

  app.post(
    '/api/flow-imports',
    {
      ...keepsNothing(analyse, 'a file waits for its import, two hours at most'),
      schema: {
        summary:
          'Sends the file of an extract (application/octet-stream) and answers what it holds',
        consumes: ['application/octet-stream'],
        querystring: UploadQuery,
        response: { 201: ExtractInspection, ...failures },
      },
    },
    async (request, reply) => {
      const { id } = vintage();
      return receiveUpload(request, uploads(), async (upload) =>
        reply.status(201).send(await inspectUpload(database(), id, upload)),
      );
    },
  );

  app.get(
    '/api/flow-imports/:id',
    {
      ...look,
      schema: {
        summary: 'What a file that was sent holds',
        params: uploadParams,
        response: { 200: ExtractInspection, ...failures },
      },
    },
    async ({ params: { id } }) => inspectUpload(database(), vintage().id, uploads().find(id)),
  );

  app.post(
    '/api/flow-imports/:id/specialties',
    {
      ...keepsNothing(analyse, 'works something out'),
      schema: {
        summary: 'The specialties that the columns chosen name, over the file',
        params: uploadParams,
        body: SpecialtyColumns,
        response: { 200: SpecialtiesFound, ...failures },
      },
    },
    async ({ params: { id }, body }) => uploads().use(id, (file) => specialtiesOf(file, body)),
  );

  app.post(
    '/api/flow-imports/:id/run',
    {
      ...records(analyse, 'start_run', 'import_flows', 'remove_flows', 'end_run'),
      schema: {
        summary: 'Imports a file that was sent, with the columns and names confirmed',
        params: uploadParams,
        body: ImportChoices,
        response: { 202: FlowRunSummary, ...failures },
      },
    },
    async ({ params: { id }, body, actor }, reply) => {
      const services = { flowRuns: flowRuns(), uploads: uploads() };
      const db = database();
      const run = await startImport(db, services, vintage(), id, body, passages(), actor.name);
      return reply.status(202).send(run);
    },
  );

  app.delete(
    '/api/flow-imports/:id',
    {
      ...keepsNothing(analyse, 'forgets a file that waits'),
      schema: {
        summary: 'Forgets a file that was sent',
        params: uploadParams,
        response: { 204: Type.Null(), ...failures },
      },
    },
    async ({ params: { id } }, reply) => {
      uploads().find(id);
      await uploads().remove(id);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/api/flow-runs/:id/report.csv',
    {
      ...look,
      schema: { summary: 'What became of the rows of an import, for spreadsheets', ...csv },
    },
    async ({ params: { id } }, reply) => {
      const { kind, report } = await flowRuns().run(vintage().id, id);
      if (kind !== 'import' || report === null) throw noReport(`Le travail n° ${id}`);
      return sendCsv(reply, `compte-rendu-import-${id}.csv`, report as FlowImportReport);
    },
  );

  app.get(
    '/api/flow-datasets/:id/report',
    {
      ...look,
      schema: {
        summary: 'What became of the rows of the extract that gave a dataset',
        params,
        response: { 200: FlowImportReport, ...failures },
      },
    },
    async ({ params: { id } }) => briefReport(await reportOf(id)),
  );

  app.get(
    '/api/flow-datasets/:id/report.csv',
    {
      ...look,
      schema: { summary: 'The same for spreadsheets', ...csv },
    },
    async ({ params: { id } }, reply) =>
      sendCsv(reply, `compte-rendu-jeu-${id}.csv`, await reportOf(id)),
  );

  app.delete(
    '/api/flow-datasets/:id',
    {
      ...records(analyse, 'remove_flows'),
      schema: {
        summary: 'Removes a dataset with its flows and its analyses',
        params,
        response: { 204: Type.Null(), ...failures },
      },
    },
    async ({ params: { id }, actor }, reply) => {
      await removeFlows(database(), vintage().id, id, actor.name);
      return reply.status(204).send(null);
    },
  );

  async function reportOf(id: number): Promise<FlowImportReport> {
    const { kysely } = database();
    await knownDataset(kysely, vintage().id, id);
    const report = await flowDatasetRepository(kysely).report(id);
    if (report) return report;
    throw noReport(`Le jeu de flux n° ${id}`);
  }
}

function noReport(what: string): DomainError {
  return new DomainError(
    'no_report',
    `${what} n’a pas de compte rendu : seuls les imports d’extraits en ont un, une fois terminés.`,
  );
}

function sendCsv(reply: FastifyReply, name: string, report: FlowImportReport): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(reportCsv(report));
}
