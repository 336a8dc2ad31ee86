import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sends what is gzipped already, unpacked for the rare client that does not read that. */
export async function sendPacked(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  gzipped: Buffer,
  type = 'application/json; charset=utf-8',
): Promise<FastifyReply> {
  reply.type(type).header('vary', 'accept-encoding');
  reply.serializer((sent: unknown) => sent as string);
  if (!/\bgzip\b/.test(headers['accept-encoding'] ?? '')) {
    return reply.send(await promisify(gunzip)(gzipped));
  }
  return reply.header('content-encoding', 'gzip').send(gzipped);
}
