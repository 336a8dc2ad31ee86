import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Database } from '../db/database.ts';
import type { People } from '../usecases/accounts/people.ts';
import type { ExtractUploads } from '../usecases/extract-uploads.ts';
import type { FlowRuns } from '../usecases/flow-runs.ts';
import type { ProposalRuns } from '../usecases/proposal-runs.ts';
import type { RegionState } from '../usecases/region-state.ts';

/** What the routes work with. */
export interface Dependencies {
  /** @throws DomainError `loading` until the database has opened */
  database: () => Database;
  region: RegionState;
  runs: () => ProposalRuns;
  flowRuns: () => FlowRuns;
  uploads: () => ExtractUploads;
  people: People;
  /** paths of the tables of code changes that the user has */
  passages: () => string[];
  version: string;
}

/** A Fastify instance whose handlers are typed by their TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Responses every route may give besides its own. */
export const failures = {
  '4xx': { $ref: 'ErrorAnswer#' },
  '5xx': { $ref: 'ErrorAnswer#' },
} as const;
