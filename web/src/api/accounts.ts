import type {
  Account,
  AccountChange,
  AccountPage,
  FirstAdministrator,
  Invitation,
  InvitedAccount,
  NewAccount,
  Session,
} from '../../../server/contracts/accounts.ts';
import type { Role } from '../../../server/core/accounts/actor.ts';
import { allItems, call } from './client.ts';

export const fetchSession = () => call<Session>('/api/session');

export const signIn = (email: string, password: string) =>
  call<Session>('/api/session', { method: 'POST', body: { email, password } });

export const signOut = () => call<Session>('/api/session', { method: 'DELETE' });

export const tryRole = (role: Role | null) =>
  call<Session>('/api/session/role', { method: 'PUT', body: { role } });

export const changePassword = (current: string, next: string) =>
  call<Session>('/api/session/password', { method: 'PUT', body: { current, next } });

export const createFirstAdministrator = (wanted: FirstAdministrator) =>
  call<Session>('/api/first-administrator', { method: 'POST', body: wanted });

export const readInvitation = (token: string) =>
  call<Invitation>('/api/invitations/read', { method: 'POST', body: { token } });

export const acceptInvitation = (token: string, password: string) =>
  call<Session>('/api/invitations/accept', { method: 'POST', body: { token, password } });

export const fetchAccounts = (signal: AbortSignal) =>
  allItems<AccountPage>('/api/accounts', signal);

export const createAccount = (account: NewAccount) =>
  call<InvitedAccount>('/api/accounts', { method: 'POST', body: account });

export const changeAccount = (id: number, change: AccountChange) =>
  call<Account>(`/api/accounts/${id}`, { method: 'PUT', body: change });

export const inviteAgain = (id: number) =>
  call<InvitedAccount>(`/api/accounts/${id}/invitation`, { method: 'POST' });
