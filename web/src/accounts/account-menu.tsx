import { useRef, useState } from 'preact/hooks';
import type { Session } from '../../../server/contracts/accounts.ts';
import { type Role, roleLabels } from '../../../server/core/accounts/actor.ts';
import { signOut, tryRole } from '../api/accounts.ts';
import type { ApiFailure } from '../api/client.ts';
import { counted } from '../french/numbers.ts';
import { FailureNotice } from '../shell/notice.tsx';
import { announce } from '../state/announce.ts';
import { allCpts } from '../state/cpts.ts';
import { dialog } from '../state/panels.ts';
import { becomes, can, session } from '../state/people.ts';
import { departmentLabel } from '../state/place-names.ts';
import { asFailure } from '../state/resource.ts';

/** Who works here, and what they do with their account; at the right of the header. */
export function AccountMenu() {
  const menu = useRef<HTMLDivElement>(null);
  const now = session.value;
  if (!now) return null;
  const close = () => menu.current?.hidePopover();
  const open = (name: NonNullable<typeof dialog.value>) => {
    close();
    dialog.value = name;
  };
  return (
    <div class="account">
      <button
        type="button"
        class={
          now.mode === 'demonstration' ? 'button account-button demo' : 'button account-button'
        }
        popovertarget="account-menu"
        aria-haspopup="true"
        title={title(now)}
      >
        <span class="account-name">{title(now)}</span>
        <span class="account-short" aria-hidden="true">
          {now.mode === 'demonstration' ? 'Démo' : initials(now.account?.name ?? '')}
        </span>
        <span aria-hidden="true"> ▾</span>
      </button>
      <div class="account-menu" id="account-menu" popover="auto" ref={menu}>
        {now.mode === 'demonstration' ? (
          <Demonstration now={now} close={close} open={open} />
        ) : (
          <Own now={now} close={close} open={open} />
        )}
      </div>
    </div>
  );
}

interface Props {
  now: Session;
  close(): void;
  open(name: NonNullable<typeof dialog.value>): void;
}

function Demonstration({ now: { account }, close, open }: Props) {
  const [error, setError] = useState<ApiFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const choose = async (role: Role | null) => {
    setBusy(true);
    setError(null);
    try {
      becomes(await tryRole(role));
      announce(`Vous essayez\u00a0: ${role === null ? everything : tried[role]}.`);
    } catch (cause) {
      setError(asFailure(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>
        Il n’y a pas de compte&nbsp;: toute personne qui travaille sur cette machine a tous les
        droits.
      </p>
      <fieldset class="account-roles" disabled={busy}>
        <legend>Essayer un rôle</legend>
        {([null, 'reader', 'leader', 'geographer', 'ars'] as const).map((role) => (
          <label key={role}>
            <input
              type="radio"
              name="tried-role"
              checked={(account?.role ?? null) === role}
              onChange={() => void choose(role)}
            />{' '}
            {role === null ? everything : tried[role]}
          </label>
        ))}
      </fieldset>
      {account?.role === 'leader' && <p class="quiet">{led(account.cpts)}</p>}
      {error && <FailureNotice error={error} />}
      {can('administer') && (
        <button
          type="button"
          class="button"
          onClick={() => {
            close();
            open('first-account');
          }}
        >
          Créer les comptes…
        </button>
      )}
    </>
  );
}

function Own({ now: { account }, close, open }: Props) {
  const [error, setError] = useState<ApiFailure | null>(null);
  if (!account) return null;
  const leave = () => {
    close();
    signOut().then(becomes, (cause) => setError(asFailure(cause)));
  };
  return (
    <>
      <p>
        <strong>{account.name}</strong>
        {account.email && <span class="quiet account-email">{account.email}</span>}
      </p>
      <p>
        Rôle&nbsp;: {roleLabels[account.role]}
        {account.role === 'ars' && `, ${where(account.departments)}`}
      </p>
      {account.role === 'leader' && <p class="quiet">{led(account.cpts)}</p>}
      {account.awaiting && (
        <p class="notice notice-amber">
          Votre compte attend un rôle&nbsp;: l’administrateur de Maillage doit vous en donner un.
          Jusque-là vous consultez, sans rien changer.
        </p>
      )}
      {error && <FailureNotice error={error} />}
      {can('administer') && (
        <button type="button" class="button" onClick={() => open('accounts')}>
          Administrer les comptes…
        </button>
      )}
      {account.email && (
        <button type="button" class="button" onClick={() => open('password')}>
          Changer de mot de passe…
        </button>
      )}
      <button type="button" class="button" onClick={leave}>
        Se déconnecter
      </button>
    </>
  );
}

const everything = 'tous les droits';
const tried: Record<Role, string> = {
  reader: 'lecture',
  leader: 'porteur d’une CPTS',
  geographer: 'géographe',
  ars: 'ARS de la région',
  administrator: 'administration',
};

function title({ mode, account }: Session): string {
  if (mode === 'demonstration') {
    return `Démonstration — ${account ? tried[account.role] : everything}`;
  }
  return account ? `${account.name} — ${roleLabels[account.role]}` : '';
}

function led(cpts: readonly number[]): string {
  const known = new Map(allCpts.value.map(({ id, name }) => [id, name]));
  if (cpts.length === 0) return 'Ne porte encore aucune CPTS\u00a0: en enregistrer une suffit.';
  const names = cpts.slice(0, 3).map((id) => known.get(id) ?? `CPTS ${id}`);
  const more = cpts.length - names.length;
  return `Porte ${names.join(', ')}${more > 0 ? ` et ${counted(more, 'autre')}` : ''}.`;
}

const where = (departments: readonly string[] | null) =>
  departments === null
    ? 'partout'
    : departments.length === 0
      ? 'dans aucun département'
      : departments.map(departmentLabel).join(', ');

const initials = (name: string) =>
  name
    .split(/[\s-]+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
