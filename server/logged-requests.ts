import type { FastifyRequest, FastifyServerOptions } from 'fastify';

type Logger = FastifyServerOptions['logger'];

/**
 * The logger asked for, which never writes the token of a shared address, nor what an identity
 * provider sends back.
 */
export function withoutTokens(logger: Logger): NonNullable<Logger> {
  if (!logger) return false;
  const asked = logger === true ? {} : logger;
  return {
    ...asked,
    serializers: {
      ...asked.serializers,
      req: ({ method, url, ip }: FastifyRequest) => ({
        method,
        url: url
          .replace(/^(\/partage\/|\/api\/shared\/)[^/?#]+/, '$1…')
          .replace(/^(\/api\/oidc\/callback\?).*/, '$1…'),
        remoteAddress: ip,
      }),
    },
  };
}
