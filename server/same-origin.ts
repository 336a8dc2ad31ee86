import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from './errors.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Only the page of the program may change anything:
 * - a page of another site that a user has open can send a form here, with the rights of whoever
 *   works at this machine in a demonstration: a change whose browser says that it comes from
 *   elsewhere is refused. With accounts, cookies do not go with it either (`SameSite`);
 * - a site can also make its own name point to 127.0.0.1 (DNS rebinding) and read the answers: on
 *   the loopback address only the names of the loopback are served, and the public one that a relay
 *   on this machine may pass on.
 * Programs that are no browser send neither header and pass: they hold no one's cookies.
 *
 * @param publicAddress where people reach the program, null where it listens
 */
export function guardOrigin(app: FastifyInstance, publicAddress: string | null): void {
  const ours = publicAddress === null ? null : new URL(publicAddress).host;
  const served = new Set([...loopback, ...(ours === null ? [] : [hostName(ours)])]);
  app.addHook('onRequest', async (request) => {
    if (arrivedOnLoopback(request) && !served.has(hostName(request.headers.host ?? ''))) {
      throw foreign(`le nom « ${hostName(request.headers.host ?? '')} »`);
    }
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const site = request.headers['sec-fetch-site'];
    const { origin } = request.headers;
    const elsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
    const from = origin === undefined ? null : originHost(origin);
    const own = from !== null && (from === request.headers.host || from === ours);
    const otherOrigin = origin !== undefined && !own;
    if (elsewhere || otherOrigin) throw foreign(`le site « ${origin ?? site} »`);
  });
}

function arrivedOnLoopback({ socket }: FastifyRequest): boolean {
  const address = socket.localAddress ?? socket.remoteAddress ?? '';
  return address === '::1' || address.replace('::ffff:', '').startsWith('127.');
}

/** `localhost:3000` → `localhost`; `[::1]:3000` → `[::1]`. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function originHost(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

function foreign(from: string): DomainError {
  return new DomainError(
    'foreign_origin',
    `La requête vient d’ailleurs que de la page de Maillage (${from}) et a été refusée : ouvrez Maillage à l’adresse que le serveur affiche au démarrage.`,
  );
}
