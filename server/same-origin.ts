import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from './errors.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The server has no accounts yet and trusts whoever reaches it, so that only its own page may:
 * - a page of another site that a user has open can send a form to 127.0.0.1: a change whose
 *   browser says that it comes from elsewhere is refused;
 * - a site can also make its own name point to 127.0.0.1 (DNS rebinding) and read the answers: on
 *   the loopback address only the names of the loopback are served.
 * Programs that are no browser send neither header and pass.
 */
export function guardOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (arrivedOnLoopback(request) && !loopback.has(hostName(request.headers.host ?? ''))) {
      throw foreign(`le nom « ${hostName(request.headers.host ?? '')} »`);
    }
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const site = request.headers['sec-fetch-site'];
    const { origin } = request.headers;
    const elsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
    const otherOrigin = origin !== undefined && originHost(origin) !== request.headers.host;
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
