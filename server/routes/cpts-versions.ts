import { Type } from '@fastify/type-provider-typebox';
import { Cpts } from '../contracts/cpts.ts';
import { RefuseVersion } from '../contracts/cpts-life.ts';
import {
  RestoreVersion,
  TerritoryChange,
  Version,
  VersionComparison,
  VersionNumber,
  VersionPage,
} from '../contracts/cpts-versions.ts';
import { Id } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import { changeTerritory } from '../usecases/change-territory.ts';
import { acceptVersion, refuseVersion, withdrawVersion } from '../usecases/life/decide-version.ts';
import { compareVersions, listVersions, readVersion } from '../usecases/read-versions.ts';
import { restoreVersion } from '../usecases/restore-version.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { draw, look, records } from './rights.ts';

const params = Type.Object({ id: Id });
const ofVersion = Type.Object({ id: Id, number: VersionNumber });

export function cptsVersionRoutes(app: App, { database, region }: Dependencies): void {
  const vintage = () => region.loaded().vintage.id;

  app.put(
    '/api/cpts/:id/territory',
    {
      ...records(draw, 'change_territory', 'propose_version', 'withdraw_version'),
      schema: {
        summary:
          'Saves the next version (proposed, of a recognised CPTS); 409 stale_version tells what changed since basedOn',
        params,
        body: TerritoryChange,
        response: { 200: Cpts, ...failures },
      },
    },
    ({ params: { id }, body, actor }) =>
      changeTerritory(database().kysely, vintage(), id, body, actor),
  );

  app.get(
    '/api/cpts/:id/versions',
    {
      ...look,
      schema: {
        summary: 'Versions of a CPTS, the latest first, with their figures when they were saved',
        params,
        querystring: Paging,
        response: { 200: VersionPage, ...failures },
      },
    },
    async ({ params: { id }, query: paging }) => ({
      ...(await listVersions(database().kysely, vintage(), id, paging)),
      ...paging,
    }),
  );

  app.get(
    '/api/cpts/:id/versions/:number',
    {
      ...look,
      schema: {
        summary: 'One version with its units',
        params: ofVersion,
        response: { 200: Version, ...failures },
      },
    },
    ({ params: { id, number } }) => readVersion(database().kysely, vintage(), id, number),
  );

  app.get(
    '/api/cpts/:id/versions/:number/comparison',
    {
      ...look,
      schema: {
        summary: 'What leads from this version to another: units added, units removed, figures',
        params: ofVersion,
        querystring: Type.Object({ with: VersionNumber }),
        response: { 200: VersionComparison, ...failures },
      },
    },
    ({ params: { id, number }, query }) =>
      compareVersions(database().kysely, vintage(), id, number, query.with),
  );

  app.post(
    '/api/cpts/:id/versions/:number/restore',
    {
      ...records(draw, 'restore_version', 'propose_version', 'withdraw_version'),
      schema: {
        summary: 'Brings the territory of a version back as a new version',
        params: ofVersion,
        body: RestoreVersion,
        response: { 200: Cpts, ...failures },
      },
    },
    ({ params: { id, number }, body, actor }) =>
      restoreVersion(database().kysely, vintage(), id, number, body, actor),
  );

  const decisions = [
    [
      'accept',
      'Agrees to a proposed version; in force when nobody else is waited for',
      acceptVersion,
      ['accept_version', 'agree_version'],
    ],
    ['withdraw', 'Takes back the version that one proposed', withdrawVersion, ['withdraw_version']],
  ] as const;
  for (const [path, summary, decide, verbs] of decisions) {
    app.post(
      `/api/cpts/:id/versions/:number/${path}`,
      {
        ...records(draw, ...verbs),
        schema: { summary, params: ofVersion, response: { 200: Cpts, ...failures } },
      },
      async ({ params: { id, number }, actor }) => {
        region.loaded();
        return decide(database().kysely, id, number, actor);
      },
    );
  }

  app.post(
    '/api/cpts/:id/versions/:number/refuse',
    {
      ...records(draw, 'refuse_version'),
      schema: {
        summary: 'Refuses a proposed version, and those bound to it',
        params: ofVersion,
        body: RefuseVersion,
        response: { 200: Cpts, ...failures },
      },
    },
    async ({ params: { id, number }, body, actor }) => {
      region.loaded();
      return refuseVersion(database().kysely, id, number, body.reason, actor);
    },
  );
}
