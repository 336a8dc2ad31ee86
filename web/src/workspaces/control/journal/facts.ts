import type { CptsStatus } from '../../../../../server/contracts/cpts.ts';
import type { ChangeEvent } from '../../../../../server/contracts/events.ts';
import { type Role, roleLabels } from '../../../../../server/core/accounts/actor.ts';
import { type EventVerb, verbLabels } from '../../../../../server/core/events/verbs.ts';
import { frenchDay } from '../../../../../server/core/life/days.ts';
import { runStatusLabels, statusLabels } from '../../../french/labels.ts';
import { counted, formatCount } from '../../../french/numbers.ts';

type State = Readonly<Record<string, unknown>>;

/** What was done, in French; a kind that this page does not know, as it is written. */
export const verbOf = ({ verb }: ChangeEvent): string => verbLabels[verb as EventVerb] ?? verb;

/** Who did it. */
export function authorOf({ actor }: ChangeEvent): string {
  if (actor === 'local') return 'Sans compte';
  const link = /^link\/(\d+)$/.exec(actor);
  return link ? `Lien de partage nᵒ\u00a0${link[1]}` : actor;
}

const kinds: Record<string, string> = {
  cpts: 'CPTS',
  account: 'Compte',
  unit: 'Commune',
  vintage: 'Communes',
  proposal: 'Proposition',
  'flow-dataset': 'Jeu de flux',
  'flow-run': 'Calcul de flux',
};

/**
 * What it was done to: by its name where the event or `nameOf` tells it.
 *
 * @param nameOf name of what is known now, by kind and number
 */
export function subjectOf(
  { subject, before, after }: ChangeEvent,
  nameOf: (kind: string, id: string) => string | undefined,
): string {
  const [kind = '', id = ''] = subject.split('/');
  const told = [after, before].map((state) => asState(state).name ?? asState(state).region);
  const name = nameOf(kind, id) ?? told.find((one) => typeof one === 'string');
  const label = kinds[kind] ?? kind;
  return name ? `${label} «\u00a0${name}\u00a0»` : `${label} nᵒ\u00a0${id}`;
}

/** What changed, a few words each, as far as it is plain; the whole is in the detail. */
export function factsOf({ before, after }: ChangeEvent): string[] {
  const [was, is] = [asState(before), asState(after)];
  return [
    between(was.status, is.status, statusOf),
    typeof is.since === 'string' ? `effet au ${frenchDay(is.since)}` : null,
    between(was.version, is.version, (n) => `version ${n}`),
    territory(is),
    between(was.role, is.role, (role) => roleLabels[role as Role] ?? String(role)),
    is.disabled === true && was.disabled !== true ? 'désactivé' : null,
    is.disabled === false && was.disabled === true ? 'rouvert' : null,
    text('adresse', is.email),
    text('fichier', is.file),
    text('source', is.source),
    text('motif', is.reason),
    text('réponse', is.answer),
    text('libellé', is.label),
    typeof is.message === 'string' ? is.message : null,
  ].filter((fact) => fact !== null);
}

const asState = (state: unknown): State =>
  typeof state === 'object' && state !== null ? (state as State) : {};

function between(was: unknown, is: unknown, say: (value: unknown) => string): string | null {
  if (was === is || is === undefined || is === null) return null;
  return was === undefined || was === null ? say(is) : `${say(was)} → ${say(is)}`;
}

function statusOf(status: unknown): string {
  const known = { proposed: 'proposée', refused: 'refusée', withdrawn: 'retirée' } as const;
  const key = String(status);
  return (
    statusLabels[key as CptsStatus] ??
    runStatusLabels[key as keyof typeof runStatusLabels] ??
    known[key as keyof typeof known] ??
    key
  );
}

function territory({ units, added, removed }: State): string | null {
  const [all, came, went] = [units, added, removed].map((list) =>
    Array.isArray(list) ? list.length : null,
  );
  if (came != null && went != null && came + went > 0) {
    return `+${formatCount(came)} −${formatCount(went)} ${came + went > 1 ? 'communes' : 'commune'}`;
  }
  return all == null ? null : counted(all, 'commune');
}

const text = (what: string, value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? `${what}\u00a0: ${value}` : null;
