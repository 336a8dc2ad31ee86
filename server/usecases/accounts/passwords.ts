import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../errors.ts';

/**
 * scrypt (Percival, 2009; RFC 7914) with 32 MB and three passes, one of the equivalents that OWASP's
 * « Password Storage » gives. The parameters are kept with each hash, so that they can grow.
 */
const present = { N: 2 ** 15, r: 8, p: 3 };
const LENGTH = 32;
const SHORTEST = 12;
const LONGEST = 200;

/** `scrypt$N$r$p$salt$hash`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, present);
  const { N, r, p } = present;
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether a password is the one of a stored hash. With no hash, as for an address that nobody has,
 * it works as long and says no.
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = (stored ?? NOBODY).split('$');
  const parameters = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), parameters);
  const expected = Buffer.from(hash, 'base64url');
  const same = expected.length === LENGTH && timingSafeEqual(derived, expected);
  return same && stored !== undefined;
}

const NOBODY = [
  'scrypt',
  present.N,
  present.r,
  present.p,
  Buffer.alloc(16).toString('base64url'),
  Buffer.alloc(LENGTH).toString('base64url'),
].join('$');

/** @throws DomainError `weak_password` */
export function checkNewPassword(password: string, { name, email }: Person): void {
  const length = [...password].length;
  if (length < SHORTEST || length > LONGEST) {
    throw new DomainError(
      'weak_password',
      `Le mot de passe a ${length} caractères : prenez-en ${SHORTEST} au moins et ${LONGEST} au plus, par exemple quatre mots sans rapport.`,
    );
  }
  const plain = password.toLowerCase();
  const guessed = [email ?? '', (email ?? '').split('@')[0] ?? '', name]
    .map((word) => word.trim().toLowerCase())
    .some((word) => word.length > 3 && plain.includes(word));
  if (guessed || new Set(plain).size < 5) {
    throw new DomainError(
      'weak_password',
      'Ce mot de passe se devine (il reprend le nom ou l’adresse, ou répète peu de caractères) : prenez par exemple quatre mots sans rapport.',
    );
  }
}

interface Person {
  name: string;
  email: string | null;
}

function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  const options = { ...cost, maxmem: 256 * 2 ** 20 };
  return new Promise((resolve, reject) => {
    // One form for one password, however the keyboard composed its accents.
    scrypt(password.normalize('NFKC'), salt, LENGTH, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
