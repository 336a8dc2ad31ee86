import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import {
  Account,
  AccountChange,
  AccountPage,
  InvitedAccount,
  NewAccount,
} from '../contracts/accounts.ts';
import { Id } from '../contracts/names.ts';
import { Paging } from '../contracts/paging.ts';
import { accountRepository } from '../db/repositories/accounts.ts';
import { changeAccount, createAccount, inviteAgain } from '../usecases/accounts/keep-accounts.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { administer, records } from './rights.ts';

const params = Type.Object({ id: Id });

/** What administrators do with accounts. */
export function accountRoutes(app: App, { database, people: { identities } }: Dependencies): void {
  const db = () => database().kysely;
  const alone = async (_request: unknown, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
  };

  app.get(
    '/api/accounts',
    {
      ...administer,
      onRequest: alone,
      schema: {
        summary: 'Accounts by name, disabled ones last',
        querystring: Paging,
        response: { 200: AccountPage, ...failures },
      },
    },
    async ({ query: { limit, offset } }) => ({
      ...(await accountRepository(db()).list(limit, offset)),
      limit,
      offset,
    }),
  );

  app.post(
    '/api/accounts',
    {
      ...records(administer, 'create_account'),
      onRequest: alone,
      schema: {
        summary: 'Makes an account, and the one-time link with which its owner sets a password',
        body: NewAccount,
        response: { 201: InvitedAccount, ...failures },
      },
    },
    async ({ body, actor }, reply) => {
      const invited = await createAccount(db(), body, actor.name);
      identities.forget();
      return reply.status(201).send(invited);
    },
  );

  app.put(
    '/api/accounts/:id',
    {
      ...records(administer, 'change_account'),
      onRequest: alone,
      schema: {
        summary: 'Changes what an account may do, or disables it',
        params,
        body: AccountChange,
        response: { 200: Account, ...failures },
      },
    },
    async ({ params: { id }, body, actor }) => {
      const changed = await changeAccount(db(), id, body, actor.name);
      identities.forget();
      return changed;
    },
  );

  app.post(
    '/api/accounts/:id/invitation',
    {
      ...records(administer, 'invite_account'),
      onRequest: alone,
      schema: {
        summary: 'A new one-time link, in place of the one before',
        params,
        response: { 200: InvitedAccount, ...failures },
      },
    },
    ({ params: { id }, actor }) => inviteAgain(db(), id, actor.name),
  );
}
