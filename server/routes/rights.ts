import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/**
 * What a route lets a caller do. Every route declares one; a test fails on a route that does not.
 * `shared` is what the holder of a link may do, whoever they are. Until accounts exist the server
 * listens on the loopback address and grants the two others.
 */
type Right = 'read' | 'write' | 'shared';

declare module 'fastify' {
  interface FastifyContextConfig {
    right?: Right;
  }
}

/** Route options of something anyone may look at. */
export const read = {
  config: { right: 'read', rateLimit: { max: 6000, timeWindow: '1 minute' } },
} as const;

/** Route options of a change. */
export const write = {
  config: { right: 'write', rateLimit: { max: 300, timeWindow: '1 minute' } },
} as const;

/**
 * Route options of what anyone may look at who holds a link. By address: whoever tries tokens does
 * not get a fresh limit with each; a meeting whose phones share one address has room.
 */
export const shared = {
  config: { right: 'shared', rateLimit: { max: 300, timeWindow: '1 minute' } },
} as const;

/** Route options of a change by whoever holds a link: a limit for each link and address. */
export const sharedWrite = {
  config: {
    right: 'shared',
    rateLimit: { max: 20, timeWindow: '5 minutes', keyGenerator: linkAndAddress },
  },
} as const;

function linkAndAddress({ ip, params }: FastifyRequest): string {
  const { token = '' } = params as { token?: string };
  return `${ip} ${createHash('sha256').update(token).digest('hex')}`;
}

/** Who acts, until accounts exist. */
export const LOCAL_ACTOR = 'local';
