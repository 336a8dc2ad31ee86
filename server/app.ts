import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import staticFiles from '@fastify/static';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyServerOptions, type RouteOptions } from 'fastify';
import { ErrorAnswer } from './contracts/errors.ts';
import { answerError, answerUnknownRoute } from './error-answers.ts';
import { refuseInfiniteNumbers } from './finite-numbers.ts';
import { withoutTokens } from './logged-requests.ts';
import { onBehalfOf } from './request-scope.ts';
import { accountRoutes } from './routes/accounts.ts';
import { cookies } from './routes/cookies.ts';
import { coverageRoutes } from './routes/coverage.ts';
import { cptsRoutes } from './routes/cpts.ts';
import { cptsListRoutes } from './routes/cpts-lists.ts';
import { cptsVersionRoutes } from './routes/cpts-versions.ts';
import type { App, Dependencies } from './routes/dependencies.ts';
import { divisionRoutes } from './routes/divisions.ts';
import { eventRoutes } from './routes/events.ts';
import { flowDatasetRoutes } from './routes/flow-datasets.ts';
import { flowImportRoutes } from './routes/flow-imports.ts';
import { flowMatrixRoutes } from './routes/flow-matrix.ts';
import { flowModelRoutes } from './routes/flow-models.ts';
import { flowRunRoutes } from './routes/flow-runs.ts';
import { guardRights } from './routes/guard.ts';
import { healthRoutes } from './routes/health.ts';
import { openIdRoutes } from './routes/openid.ts';
import { overlapRoutes } from './routes/overlaps.ts';
import { poleRunRoutes } from './routes/pole-runs.ts';
import { proposalResultRoutes } from './routes/proposal-results.ts';
import { proposalRoutes } from './routes/proposals.ts';
import { look } from './routes/rights.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { sharedPage, sharedRoutes } from './routes/shared.ts';
import { sharingRoutes } from './routes/sharing.ts';
import { territoryFileRoutes } from './routes/territory-files.ts';
import { tileRoutes } from './routes/tiles.ts';
import { unitRoutes } from './routes/units.ts';
import { guardOrigin } from './same-origin.ts';

export interface AppOptions {
  logger?: FastifyServerOptions['logger'];
  /** folder of the built page; null serves the API alone */
  page: string | null;
  /** told of every route, for those who list them */
  onRoute?: (route: RouteOptions) => void;
}

/** Builds the server from its dependencies; never listens, never reads the environment. */
export async function buildApp(
  deps: Dependencies,
  { logger, page, onRoute }: AppOptions,
): Promise<App> {
  const { identities, publicAddress } = deps.people;
  const app: App = fastify({
    logger: withoutTokens(logger),
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    // A public address is a relay's, on this machine: it says whom it serves.
    trustProxy: publicAddress === null ? false : 'loopback',
    // An address that the router cannot read fails before any route: as every other failure does.
    frameworkErrors: answerError,
    ajv: { customOptions: { removeAdditional: false, allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  if (onRoute) app.addHook('onRoute', onRoute);
  app.addSchema(ErrorAnswer);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerUnknownRoute);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  const secure = publicAddress?.startsWith('https:') ?? false;
  guardOrigin(app, publicAddress);
  await cookies(app, { secure });
  guardRights(app, identities);
  refuseInfiniteNumbers(app);

  // After the body was read, which happens outside the scope of any request.
  app.addHook('preHandler', ({ id, caller }, _reply, done) =>
    onBehalfOf({ id, account: caller?.account ?? null }, done),
  );

  await app.register(helmet, {
    contentSecurityPolicy,
    strictTransportSecurity: secure && { maxAge: HALF_A_YEAR, includeSubDomains: false },
  });
  await app.register(rateLimit, { global: true, max: 6000, timeWindow: '1 minute' });
  await app.register(compress, { encodings: ['gzip'] });
  await app.register(swagger, { openapi: describeApi(deps.version) });

  healthRoutes(app, deps);
  sessionRoutes(app, deps);
  openIdRoutes(app, deps);
  accountRoutes(app, deps);
  unitRoutes(app, deps);
  tileRoutes(app, deps);
  flowDatasetRoutes(app, deps);
  flowImportRoutes(app, deps);
  flowRunRoutes(app, deps);
  flowMatrixRoutes(app, deps);
  flowModelRoutes(app, deps);
  poleRunRoutes(app, deps);
  proposalRoutes(app, deps);
  proposalResultRoutes(app, deps);
  cptsRoutes(app, deps);
  cptsVersionRoutes(app, deps);
  cptsListRoutes(app, deps);
  overlapRoutes(app, deps);
  coverageRoutes(app, deps);
  eventRoutes(app, deps);
  sharingRoutes(app, deps);
  sharedRoutes(app, deps);
  territoryFileRoutes(app, deps);
  divisionRoutes(app, deps);
  app.get('/api/openapi.json', { ...look, schema: { hide: true } }, async () => app.swagger());

  if (page) {
    mkdirSync(page, { recursive: true });
    await app.register(staticFiles, {
      root: page,
      cacheControl: false,
      // The build leaves each file compressed beside it.
      preCompressed: true,
      // Built files carry a hash of their content in their name; the page itself does not.
      setHeaders(response, path) {
        const kept = path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
        response.setHeader('cache-control', kept);
      },
    });
    sharedPage(app);
  }
  return app;
}

/** Seconds during which a browser asks for https alone. */
const HALF_A_YEAR = 182 * 24 * 3600;

/** The page needs nothing from elsewhere; MapLibre sets styles on its elements. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    workerSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
  },
};

function describeApi(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Maillage',
      version,
      description: 'Patient flows, attraction poles, proposed territories, CPTS and their overlaps',
      license: { name: 'MIT', identifier: 'MIT' },
    },
  };
}
