import type { FastifyRequest } from 'fastify';
import { type Actor, grants, roleLabels } from '../core/accounts/actor.ts';
import { mayEdit } from '../core/accounts/scope.ts';
import { DomainError } from '../errors.ts';
import type { Identities } from '../usecases/accounts/identities.ts';
import type { App } from './dependencies.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** null on routes that ask nothing of their caller */
    caller: Actor | null;
    /** who calls */
    readonly actor: Actor;
  }
}

/**
 * Says who calls, and refuses what their role or their CPTS do not allow. After the limits of calls
 * were counted, and before anything is read of the body.
 */
export function guardRights(app: App, identities: Identities): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('actor', {
    getter(this: FastifyRequest) {
      if (!this.caller) throw new Error(`${this.routeOptions.url} knows no caller`);
      return this.caller;
    },
  });
  app.addHook('preParsing', async (request) => {
    const { right, ground } = request.routeOptions.config;
    if (right === undefined || right === 'open' || right === 'shared') return;
    const fresh = request.method !== 'GET' && request.method !== 'HEAD';
    const actor = await identities.identify(request.sessionToken, { fresh });
    if (!actor) {
      if (ground && (await identities.holdsLink(request.linkToken))) return;
      throw notSignedIn();
    }
    if (actor.account === null && isRelayed(request)) throw relayed();
    if (!grants(actor.role, right)) throw forbidden(actor.role);
    if (right === 'draw') refuseOthersCpts(request, actor);
    request.caller = actor;
  });
}

/** A route that draws in one CPTS has its number in its address. */
function refuseOthersCpts({ routeOptions, params }: FastifyRequest, actor: Actor): void {
  if (!routeOptions.url?.startsWith('/api/cpts/:id')) return;
  const id = Number((params as { id: string }).id);
  if (mayEdit(actor, { id })) return;
  throw new DomainError(
    'not_your_cpts',
    'Vous ne portez pas cette CPTS : enregistrez votre tracé comme une nouvelle CPTS, ou demandez à l’administrateur de Maillage de vous la confier.',
  );
}

/**
 * A demonstration gives every right to whoever is at the machine: not to those whom a relay brings
 * from the network.
 */
function isRelayed({ headers }: FastifyRequest): boolean {
  return ['forwarded', 'x-forwarded-for', 'x-real-ip'].some((name) => name in headers);
}

function relayed(): DomainError {
  return new DomainError(
    'forbidden',
    'Une démonstration ne se partage pas par un relais : dites à Maillage son adresse avec MAILLAGE_PUBLIC_ADDRESS et créez le premier administrateur.',
  );
}

function notSignedIn(): DomainError {
  return new DomainError(
    'not_signed_in',
    'Vous n’êtes pas connecté, ou votre session a expiré : connectez-vous, puis réessayez.',
  );
}

/** What a caller is told whose role does not reach a route. */
function forbidden(role: Actor['role']): DomainError {
  return new DomainError(
    'forbidden',
    `Le rôle « ${roleLabels[role]} » ne permet pas cette action : demandez à l’administrateur de Maillage de l’étendre.`,
  );
}
