import cookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './dependencies.ts';

/** Whether the page is reached over https, as its public address says. */
interface Reached {
  secure: boolean;
}

const MONTH = 30 * 24 * 3600;
const MINUTES = 10 * 60;

/**
 * Cookies of the session, of a shared link and of a sign-in under way. No script reads them, and the
 * first two go with no request that another site starts; the third must, since the identity provider
 * sends the browser back.
 */
export async function cookies(app: App, { secure }: Reached): Promise<void> {
  await app.register(cookie);
  // A browser keeps a name with this prefix only from this very host, over https.
  const sessionName = secure ? '__Host-maillage' : 'maillage';
  const safe = { httpOnly: true, secure } as const;

  app.decorateRequest('sessionToken', {
    getter(this: FastifyRequest) {
      return this.cookies[sessionName];
    },
  });
  app.decorateRequest('linkToken', {
    getter(this: FastifyRequest) {
      return this.cookies.maillage_link;
    },
  });
  app.decorateRequest('exchange', {
    getter(this: FastifyRequest) {
      return this.cookies.maillage_oidc;
    },
  });
  app.decorateReply('keepSession', function (this: FastifyReply, token: string | null) {
    const options = { ...safe, path: '/', sameSite: 'strict' } as const;
    if (token === null) return this.clearCookie(sessionName, options);
    return this.setCookie(sessionName, token, { ...options, maxAge: MONTH });
  });
  app.decorateReply('keepLink', function (this: FastifyReply, token: string) {
    return this.setCookie('maillage_link', token, { ...safe, path: '/api', sameSite: 'strict' });
  });
  app.decorateReply('keepExchange', function (this: FastifyReply, text: string | null) {
    const options = { ...safe, path: '/api/oidc', sameSite: 'lax' } as const;
    if (text === null) return this.clearCookie('maillage_oidc', options);
    return this.setCookie('maillage_oidc', text, { ...options, maxAge: MINUTES });
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** what the browser holds of a session; not checked */
    readonly sessionToken: string | undefined;
    /** what it holds of a shared link; not checked */
    readonly linkToken: string | undefined;
    /** what it kept of a sign-in under way at the provider */
    readonly exchange: string | undefined;
  }
  interface FastifyReply {
    /** null takes it away */
    keepSession(token: string | null): FastifyReply;
    keepLink(token: string): FastifyReply;
    /** null takes it away */
    keepExchange(text: string | null): FastifyReply;
  }
}
