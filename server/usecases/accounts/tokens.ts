import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, as 43 signs that an address and a cookie take. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** All that is kept of a token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether a token has this hash, in a time that does not tell how near it is. */
export function hasHash(token: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(token), 'hex'), Buffer.from(hash, 'hex'));
}
