/**
 * What a route lets a caller do. Every route declares one; a test fails on a route that does not.
 * Until accounts exist the server listens on the loopback address and grants both.
 */
type Right = 'read' | 'write';

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

/** Who acts, until accounts exist. */
export const LOCAL_ACTOR = 'local';
