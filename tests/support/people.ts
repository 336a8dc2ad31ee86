import type { LightMyRequestResponse } from 'fastify';
import type { Role } from '../../server/core/accounts/actor.ts';
import { accountRepository } from '../../server/db/repositories/accounts.ts';
import { openSession } from '../../server/usecases/accounts/sign-in.ts';
import type { TestApi } from './api.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Someone who calls the API with the cookie of their session. */
export interface Person {
  account: number;
  token: string;
  call(method: Method, url: string, body?: unknown): Promise<LightMyRequestResponse>;
}

/** A new account of a role, signed in; from the first on the API asks for sessions. */
export async function someone(
  { database: { kysely }, people, app }: TestApi,
  role: Role,
  { departments = null, cpts = [] }: { departments?: string[] | null; cpts?: number[] } = {},
): Promise<Person> {
  const accounts = accountRepository(kysely);
  const email = `${role}-${Math.round(performance.now() * 1e6)}@example.org`;
  const account = await accounts.insert({
    name: `Une personne (${role})`,
    email,
    role,
    departments,
    // no password has this hash
    password: `scrypt$2$1$1$AA$${'A'.repeat(43)}`,
  });
  if (account === undefined) throw new Error(`${email} is taken`);
  await accounts.setLed(account, cpts);
  const token = await openSession(kysely, account);
  people.identities.forget();
  return {
    account,
    token,
    call: (method, url, body) =>
      app.inject({
        method,
        url,
        cookies: { maillage: token },
        ...(body === undefined ? {} : { payload: body as object }),
      }),
  };
}

/** The token in the cookie that an answer sets, with what the browser is told of it. */
export function sessionCookie(answer: LightMyRequestResponse) {
  const cookie = answer.cookies.find(({ name }) => name.endsWith('maillage'));
  if (!cookie) throw new Error(`no session in ${answer.statusCode} ${answer.body}`);
  return cookie;
}
