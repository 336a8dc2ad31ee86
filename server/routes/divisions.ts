import { Type } from '@fastify/type-provider-typebox';
import {
  CutPreview,
  CutPreviewWanted,
  CutWanted,
  LeavesReplaced,
  MergeWanted,
  SubdivisionChoice,
  SubdivisionInspection,
} from '../contracts/divisions.ts';
import { UploadId, UploadQuery } from '../contracts/flow-imports.ts';
import { UnitCode } from '../contracts/names.ts';
import { cutUnit, previewCut } from '../usecases/divisions/cut-unit.ts';
import { divisionTurns } from '../usecases/divisions/division-turns.ts';
import { importSubdivisions } from '../usecases/divisions/import-subdivisions.ts';
import { mergeUnits, removeDivision } from '../usecases/divisions/merge-units.ts';
import {
  inspectSubdivisions,
  readSubdivisionFile,
} from '../usecases/divisions/subdivision-files.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { analyse, draw, keepsNothing, records, workOut } from './rights.ts';
import { receiveUpload } from './upload-body.ts';

/** Subdivisions from a file, cuts, and their undoing. */
export function divisionRoutes(app: App, { database, region, uploads }: Dependencies): void {
  const turn = divisionTurns(() => database().kysely, region);

  app.post(
    '/api/subdivision-files',
    {
      ...keepsNothing(analyse, 'a file waits for its import, two hours at most'),
      schema: {
        summary:
          'Sends a GeoJSON file of subdivisions (application/octet-stream); tells what it holds',
        consumes: ['application/octet-stream'],
        querystring: UploadQuery,
        response: { 201: SubdivisionInspection, ...failures },
      },
    },
    async (request, reply) => {
      const { vintage } = region.loaded();
      return receiveUpload(request, uploads(), async ({ id, name, path }) => {
        const file = await readSubdivisionFile(path, name);
        const found = await inspectSubdivisions(database().kysely, vintage.id, file);
        return reply.status(201).send({ id, file: name, ...found });
      });
    },
  );

  app.post(
    '/api/subdivision-files/:id/import',
    {
      ...records(analyse, 'divide'),
      schema: {
        summary: 'Divides communes by a file that was sent; CPTS that held them hold their parts',
        params: Type.Object({ id: UploadId }),
        body: SubdivisionChoice,
        response: { 200: LeavesReplaced, ...failures },
      },
    },
    async ({ params: { id }, body: { communes }, actor }) => {
      region.loaded();
      const file = await uploads().use(id, ({ path, name }) => readSubdivisionFile(path, name));
      const done = await turn((db, vintage) =>
        importSubdivisions(db, vintage.id, file, communes, actor.name),
      );
      await uploads().remove(id);
      return done;
    },
  );

  app.post(
    '/api/cuts/preview',
    {
      ...keepsNothing(workOut, 'works something out'),
      schema: {
        summary: 'The two sectors that a line would make of a unit; nothing is changed',
        body: CutPreviewWanted,
        response: { 200: CutPreview, ...failures },
      },
    },
    async ({ body: { unit, line } }) => {
      const { vintage } = region.loaded();
      return previewCut(database().kysely, vintage.id, unit, line);
    },
  );

  app.post(
    '/api/cuts',
    {
      ...records(draw, 'cut'),
      schema: {
        summary: 'Cuts a commune, or one of its parts, in two sectors; who held it holds both',
        body: CutWanted,
        response: { 200: LeavesReplaced, ...failures },
      },
    },
    async ({ body, actor }) => {
      region.loaded();
      return turn((db, vintage) => cutUnit(db, vintage.id, body, actor.name));
    },
  );

  app.post(
    '/api/mergers',
    {
      ...records(analyse, 'merge', 'undivide'),
      schema: {
        summary: 'Makes one unit of parts of a commune; of all of them, the commune again',
        body: MergeWanted,
        response: { 200: LeavesReplaced, ...failures },
      },
    },
    async ({ body, actor }) => {
      region.loaded();
      return turn((db, vintage) => mergeUnits(db, vintage.id, body, actor.name));
    },
  );

  app.delete(
    '/api/divisions/:code',
    {
      ...records(analyse, 'undivide'),
      schema: {
        summary:
          'Makes a divided commune whole again; 409 division_in_use where a part is held apart',
        params: Type.Object({ code: UnitCode }),
        response: { 200: LeavesReplaced, ...failures },
      },
    },
    async ({ params: { code }, actor }) => {
      region.loaded();
      return turn((db, vintage) => removeDivision(db, vintage.id, code, actor.name));
    },
  );
}
