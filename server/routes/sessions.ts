import type { FastifyReply } from 'fastify';
import {
  AcceptInvitation,
  FirstAdministrator,
  Invitation,
  InvitationToken,
  PasswordChange,
  Session,
  SignIn,
  TriedRole,
} from '../contracts/accounts.ts';
import { createFirstAdministrator } from '../usecases/accounts/first-administrator.ts';
import { acceptInvitation, readInvitation } from '../usecases/accounts/invitations.ts';
import { changePassword, signIn, signOut } from '../usecases/accounts/sign-in.ts';
import { refuseOutsideDemonstration, tryRole } from '../usecases/accounts/try-role.ts';
import { type App, type Dependencies, failures } from './dependencies.ts';
import { keepsNothing, open, records, tryOpen, workOut } from './rights.ts';

/** Coming and going: every answer that changes who calls says who calls now. */
export function sessionRoutes(app: App, { database, people: { identities } }: Dependencies): void {
  const db = () => database().kysely;
  const session = { 200: Session, ...failures };

  async function now(reply: FastifyReply, token: string | null): Promise<Session> {
    reply.keepSession(token);
    return identities.describe(token ?? undefined);
  }

  // Who has come is nobody else's, and old a moment later.
  const alone = async (_request: unknown, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
  };

  app.get(
    '/api/session',
    {
      ...open,
      onRequest: alone,
      schema: { summary: 'Who calls, and what they may do', response: session },
    },
    ({ sessionToken }) => identities.describe(sessionToken),
  );

  app.post(
    '/api/session',
    {
      ...records(tryOpen, 'sign_in', 'sign_out'),
      onRequest: alone,
      schema: { summary: 'Signs in; the session is a cookie', body: SignIn, response: session },
    },
    async ({ body, ip, sessionToken }, reply) => {
      const token = await signIn(db(), identities, body, ip);
      if (sessionToken) await signOut(db(), identities, sessionToken);
      return now(reply, token);
    },
  );

  app.delete(
    '/api/session',
    {
      ...records(tryOpen, 'sign_out'),
      onRequest: alone,
      schema: { summary: 'Signs out', response: session },
    },
    async ({ sessionToken }, reply) => {
      if (sessionToken) await signOut(db(), identities, sessionToken);
      return now(reply, null);
    },
  );

  app.put(
    '/api/session/role',
    {
      ...records(tryOpen, 'try_role'),
      onRequest: alone,
      schema: {
        summary: 'In a demonstration, tries a role; null goes back to every right',
        body: TriedRole,
        response: session,
      },
    },
    async ({ body: { role } }, reply) => {
      await refuseOutsideDemonstration(identities);
      return now(reply, role === null ? null : await tryRole(db(), identities, role));
    },
  );

  app.put(
    '/api/session/password',
    {
      ...records(workOut, 'change_password'),
      onRequest: alone,
      schema: {
        summary: 'Changes the password of whoever calls; their other sessions end',
        body: PasswordChange,
        response: session,
      },
    },
    async ({ body, actor }, reply) =>
      now(reply, await changePassword(db(), identities, actor.account, body)),
  );

  app.post(
    '/api/first-administrator',
    {
      ...records(tryOpen, 'create_account'),
      onRequest: alone,
      schema: {
        summary: 'Makes the first account, from a demonstration or with the link of the terminal',
        body: FirstAdministrator,
        response: session,
      },
    },
    async ({ body }, reply) => now(reply, await createFirstAdministrator(db(), identities, body)),
  );

  app.post(
    '/api/invitations/read',
    {
      ...keepsNothing(tryOpen, 'reads; its token stays out of addresses'),
      onRequest: alone,
      schema: {
        summary: 'Whom an invitation is for',
        body: InvitationToken,
        response: { 200: Invitation, ...failures },
      },
    },
    ({ body: { token } }) => readInvitation(db(), token),
  );

  app.post(
    '/api/invitations/accept',
    {
      ...records(tryOpen, 'set_password'),
      onRequest: alone,
      schema: {
        summary: 'Sets the password of whom an invitation is for, and signs them in; once',
        body: AcceptInvitation,
        response: session,
      },
    },
    async ({ body }, reply) => now(reply, await acceptInvitation(db(), identities, body)),
  );
}
