import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors.ts';
import { welcomeVisitor } from '../usecases/accounts/openid.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { records, tryOpen } from './rights.ts';

/** Sign-in through a provider: the browser goes there and comes back. */
export function openIdRoutes(app: App, { database, people }: Dependencies): void {
  const { identities, provider } = people;
  const known = () => {
    if (provider) return provider;
    throw new DomainError(
      'no_provider',
      'Aucun fournisseur d’identité n’est réglé : connectez-vous avec votre adresse et votre mot de passe.',
    );
  };

  app.get(
    '/api/oidc/start',
    {
      ...tryOpen,
      schema: { summary: 'Sends the browser to the identity provider', response: failures },
    },
    async (_request, reply) => {
      const { to, kept } = await known().start();
      return reply.header('cache-control', 'no-store').keepExchange(kept).redirect(to, 302);
    },
  );

  app.get(
    '/api/oidc/callback',
    {
      ...records(tryOpen, 'sign_in', 'create_account', 'link_provider'),
      schema: { summary: 'Where the identity provider sends the browser back', response: failures },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store').keepExchange(null);
      const openId = known();
      try {
        const visitor = await openId.finish(queryOf(request), request.exchange);
        const token = await welcomeVisitor(database().kysely, visitor);
        identities.forget();
        return reply.keepSession(token).redirect('/', 302);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        // A person is before this answer, not a program: the page says it.
        request.log.warn(error);
        return reply.redirect(`/#connexion=${error.code}`, 302);
      }
    },
  );
}

const queryOf = ({ url }: FastifyRequest) => url.split('?')[1] ?? '';
