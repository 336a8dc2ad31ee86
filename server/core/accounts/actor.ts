/**
 * What people are, in the order of what they may do: a reader looks; a leader (porteur de projet)
 * draws the CPTS that are theirs; a geographer draws and analyses; an officer of the ARS also decides
 * in their departments; an administrator also keeps the accounts.
 */
export const roles = ['reader', 'leader', 'geographer', 'ars', 'administrator'] as const;
export type Role = (typeof roles)[number];

/**
 * What a route asks of the one who calls it. `open`: nothing, not even to be known; `shared`: to hold
 * the link; `look`: to be known; the others are the verbs of the roles.
 */
export const rights = [
  'open',
  'shared',
  'look',
  'draw',
  'analyse',
  'decide',
  'administer',
] as const;
export type Right = (typeof rights)[number];

/** Who acts. */
export interface Actor {
  /** null for the program itself and for whoever works at its machine */
  account: number | null;
  /** signs versions, comments and events */
  name: string;
  role: Role;
  /** CPTS a leader leads, by number */
  cpts: readonly number[];
  /** departments an officer decides in, by code; null for all */
  departments: readonly string[] | null;
}

/** Whoever works at the machine of the program: its command line, and the page without accounts. */
export const localActor: Actor = {
  account: null,
  name: 'local',
  role: 'administrator',
  cpts: [],
  departments: null,
};

/** Roles as they are called in the page. */
export const roleLabels: Record<Role, string> = {
  reader: 'lecture',
  leader: 'porteur de projet',
  geographer: 'géographe',
  ars: 'ARS',
  administrator: 'administration',
};

const granted: Record<Role, readonly Right[]> = {
  reader: ['open', 'look'],
  leader: ['open', 'look', 'draw'],
  geographer: ['open', 'look', 'draw', 'analyse'],
  ars: ['open', 'look', 'draw', 'analyse', 'decide'],
  administrator: ['open', 'look', 'draw', 'analyse', 'decide', 'administer'],
};

/** Whether a role may call a route of a right; `shared` is decided by the link, not by the role. */
export function grants(role: Role, right: Right): boolean {
  return right === 'shared' || granted[role].includes(right);
}

/** What a role may do, for a page that offers no more. */
export const rightsOf = (role: Role): readonly Right[] => granted[role];
