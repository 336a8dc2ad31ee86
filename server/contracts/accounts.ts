import { Type } from 'typebox';
import { type Right, type Role, rights, roles } from '../core/accounts/actor.ts';
import { Id } from './names.ts';
import { Page } from './paging.ts';

const literals = <T extends string>(names: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(names.map((name) => Type.Literal(name))));

const RoleName = literals<Role>(roles);
const RightName = literals<Right>(rights);

/** Two signs at least besides the spaces around, and no control character. */
const PersonName = Type.String({
  maxLength: 80,
  pattern:
    '^\\s*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f]\\s*$',
});

/** Lenient: what the owner reads is the proof; no spaces nor control characters. */
const Email = Type.String({
  maxLength: 200,
  pattern: '^[^\\s@\\u0000-\\u001f\\u007f]+@[^\\s@\\u0000-\\u001f\\u007f]+$',
});

/** Any text; what a new one must be is told by `weak_password`. */
const Password = Type.String({ minLength: 1, maxLength: 500 });
const Token = Type.String({ minLength: 1, maxLength: 100 });

const Department = Type.String({ pattern: '^([0-9][0-9AB]|97[0-9])$' });
const Departments = Type.Union([Type.Array(Department, { maxItems: 120 }), Type.Null()], {
  description: 'where an officer decides, by code; null for everywhere',
});

/** Who calls, and what the page may offer them. */
export const Session = Type.Object({
  mode: Type.Union([Type.Literal('demonstration'), Type.Literal('accounts')], {
    description: 'demonstration: no account yet, whoever is at the machine has every right',
  }),
  account: Type.Union([
    Type.Object({
      id: Id,
      name: Type.String(),
      email: Type.Union([Type.String(), Type.Null()]),
      role: RoleName,
      departments: Departments,
      cpts: Type.Array(Id, { description: 'CPTS that a leader leads' }),
      awaiting: Type.Boolean({ description: 'came through the provider, has no role yet' }),
    }),
    Type.Null(),
  ]),
  rights: Type.Array(RightName),
  provider: Type.Union([Type.String(), Type.Null()], {
    description: 'name of the identity provider, where there is one',
  }),
});
export type Session = Type.Static<typeof Session>;

export const SignIn = Type.Object(
  { email: Type.String({ minLength: 1, maxLength: 200 }), password: Password },
  { additionalProperties: false },
);

/** `null` goes back to every right. */
export const TriedRole = Type.Object(
  { role: Type.Union([RoleName, Type.Null()]) },
  { additionalProperties: false },
);

export const FirstAdministrator = Type.Object(
  {
    name: PersonName,
    email: Email,
    password: Password,
    token: Type.Optional(Token),
  },
  { additionalProperties: false },
);
export type FirstAdministrator = Type.Static<typeof FirstAdministrator>;

export const InvitationToken = Type.Object({ token: Token }, { additionalProperties: false });
/** Whom an invitation is for. */
export const Invitation = Type.Object({
  name: Type.String(),
  email: Type.Union([Type.String(), Type.Null()]),
});
export type Invitation = Type.Static<typeof Invitation>;
export const AcceptInvitation = Type.Object(
  { token: Token, password: Password },
  { additionalProperties: false },
);

export const PasswordChange = Type.Object(
  { current: Password, next: Password },
  { additionalProperties: false },
);

export const Account = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.Union([Type.String(), Type.Null()]),
  role: RoleName,
  departments: Departments,
  cpts: Type.Array(Id),
  awaiting: Type.Boolean(),
  hasPassword: Type.Boolean(),
  hasProvider: Type.Boolean(),
  disabled: Type.Boolean(),
  createdAt: Type.String(),
  seenAt: Type.Union([Type.String(), Type.Null()]),
});
export type Account = Type.Static<typeof Account>;
export const AccountPage = Page(Account);
export type AccountPage = Type.Static<typeof AccountPage>;

const scope = {
  role: RoleName,
  departments: Departments,
  cpts: Type.Array(Id, { maxItems: 500, description: 'CPTS that a leader leads' }),
};
export const NewAccount = Type.Object(
  { name: PersonName, email: Email, ...scope },
  { additionalProperties: false },
);
export type NewAccount = Type.Static<typeof NewAccount>;
export const AccountChange = Type.Object(
  { name: PersonName, ...scope, disabled: Type.Boolean() },
  { additionalProperties: false },
);
export type AccountChange = Type.Static<typeof AccountChange>;

/** An account with the token of its one-time link, told this once. */
export const InvitedAccount = Type.Object({ account: Account, token: Type.String() });
export type InvitedAccount = Type.Static<typeof InvitedAccount>;
