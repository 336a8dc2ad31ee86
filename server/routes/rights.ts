import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Right } from '../core/accounts/actor.ts';
import type { EventVerb } from '../core/events/verbs.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** what the route asks of its caller; a test fails on a route that declares none */
    right?: Right;
    /** kinds of event that a change leaves; a test fails on a change that does not say */
    records?: readonly EventVerb[];
    /** why something asked otherwise than with GET leaves none */
    untraced?: string;
    /** lies under the map of a shared territory: served to whoever holds a link too */
    ground?: boolean;
  }
}

const looks = { max: 6000, timeWindow: '1 minute' };
const changes = { max: 300, timeWindow: '1 minute' };

/** Route options of what needs no account: whether the server is up, signing in. */
export const open = { config: { right: 'open', rateLimit: looks } } as const;

/** Route options of what tries a secret: few by address. */
export const tryOpen = {
  config: { right: 'open', rateLimit: { max: 60, timeWindow: '1 minute' } },
} as const;

/** Route options of something anyone known may look at, or have worked out without a trace. */
export const look = { config: { right: 'look', rateLimit: looks } } as const;
export const workOut = { config: { right: 'look', rateLimit: changes } } as const;

/** Route options of what the map of a shared territory is drawn with. */
export const ground = { config: { right: 'look', ground: true, rateLimit: looks } } as const;

/** Reading and joining outlines takes the processor: fewer a minute. */
export const heavyWork = {
  config: { right: 'look', rateLimit: { max: 60, timeWindow: '1 minute' } },
} as const;

/** Route options of a change to a territory that is no decision. */
export const draw = { config: { right: 'draw', rateLimit: changes } } as const;

/** Route options of a change to flows, proposals or units. */
export const analyse = { config: { right: 'analyse', rateLimit: changes } } as const;

/** Route options of a decision that binds. */
export const decide = { config: { right: 'decide', rateLimit: changes } } as const;

/** Route options of what keeps the accounts. */
export const administer = { config: { right: 'administer', rateLimit: changes } } as const;

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

interface Asked {
  config: { right: Right };
}

/** The same of a change, with the kinds of event that it may leave. */
export const records = <T extends Asked>({ config }: T, ...verbs: readonly EventVerb[]) => ({
  config: { ...config, records: verbs },
});

/** The same of what changes nothing that is kept, and why. */
export const keepsNothing = <T extends Asked>({ config }: T, untraced: string) => ({
  config: { ...config, untraced },
});

function linkAndAddress({ ip, params }: FastifyRequest): string {
  const { token = '' } = params as { token?: string };
  return `${ip} ${createHash('sha256').update(token).digest('hex')}`;
}
