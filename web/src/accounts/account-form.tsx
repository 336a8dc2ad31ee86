import { useState } from 'preact/hooks';
import type { Account } from '../../../server/contracts/accounts.ts';
import { type Role, roleLabels, roles } from '../../../server/core/accounts/actor.ts';
import { changeAccount, createAccount, inviteAgain } from '../api/accounts.ts';
import { FailureNotice } from '../shell/notice.tsx';
import { region } from '../state/analysis.ts';
import { announce } from '../state/announce.ts';
import { openCpts } from '../state/cpts.ts';
import { InvitationLink } from './invitation-link.tsx';
import { TextField } from './text-field.tsx';
import { useSending } from './use-sending.ts';

interface Props {
  /** null: someone to invite */
  account: Account | null;
  onChange(account: Account): void;
}

const does: Record<Role, string> = {
  reader: 'consulte',
  leader: 'dessine et enregistre les CPTS qui lui sont confiées, et en crée',
  geographer: 'dessine, importe des flux, analyse et propose des territoires',
  ars: 'dessine, analyse, et décide dans ses départements',
  administrator: 'fait tout, et tient les comptes',
};

/** Who someone is and what they may do; for someone new, it ends with the link to give them. */
export function AccountForm({ account, onChange }: Props) {
  const [name, setName] = useState(account?.name ?? '');
  const [email, setEmail] = useState(account?.email ?? '');
  const [role, setRole] = useState<Role>(account?.role ?? 'reader');
  const [departments, setDepartments] = useState(account?.departments ?? null);
  const [cpts, setCpts] = useState<readonly number[]>(account?.cpts ?? []);
  const [disabled, setDisabled] = useState(account?.disabled ?? false);
  const [link, setLink] = useState<{ name: string; token: string } | null>(null);
  const scope = { role, departments, cpts: [...cpts] };
  const { submit, error, busy } = useSending(async () => {
    if (account) {
      onChange(await changeAccount(account.id, { name, disabled, ...scope }));
      announce(`Compte de ${name} enregistré.`);
      return;
    }
    const made = await createAccount({ name, email, ...scope });
    setLink({ name, token: made.token });
    setName('');
    setEmail('');
    onChange(made.account);
  });
  const again = useSending(async () => {
    if (account) setLink({ name: account.name, token: (await inviteAgain(account.id)).token });
  });
  return (
    <section aria-label={account ? `Compte de ${account.name}` : 'Inviter quelqu’un'}>
      <h3>{account ? account.name : 'Inviter quelqu’un'}</h3>
      <form class="fields" onSubmit={submit}>
        <TextField label="Nom" value={name} set={setName} autoComplete="off" maxLength={80} />
        {account ? (
          <p class="quiet">{account.email ?? 'Sans adresse\u00a0: vient par le fournisseur.'}</p>
        ) : (
          <TextField
            label="Adresse électronique"
            type="email"
            value={email}
            set={setEmail}
            autoComplete="off"
            error={error?.code === 'email_taken' ? error : null}
          />
        )}
        <label class="field">
          <span>Rôle</span>
          <select
            class="input"
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          >
            {roles.map((one) => (
              <option key={one} value={one}>
                {roleLabels[one]}
              </option>
            ))}
          </select>
          <small class="quiet">Cette personne {does[role]}.</small>
        </label>
        {role === 'ars' && <Departments chosen={departments} choose={setDepartments} />}
        {role === 'leader' && <Led chosen={cpts} choose={setCpts} />}
        {account && (
          <label class="account-check">
            <input
              type="checkbox"
              checked={disabled}
              onChange={(event) => setDisabled(event.currentTarget.checked)}
            />{' '}
            Compte désactivé (ses sessions se ferment, ce qu’il a fait reste)
          </label>
        )}
        {error && error.code !== 'email_taken' && <FailureNotice error={error} />}
        <p class="button-row">
          <button type="submit" class="button primary" disabled={busy}>
            {account ? 'Enregistrer' : 'Inviter'}
          </button>
          {account && !account.disabled && (
            <button
              type="button"
              class="button"
              disabled={again.busy}
              onClick={() => void again.submit()}
            >
              Nouveau lien d’accès…
            </button>
          )}
        </p>
      </form>
      {again.error && <FailureNotice error={again.error} />}
      {link && <InvitationLink name={link.name} token={link.token} />}
    </section>
  );
}

interface DepartmentsProps {
  chosen: readonly string[] | null;
  choose(departments: string[] | null): void;
}

function Departments({ chosen, choose }: DepartmentsProps) {
  const here = [...new Set(region.value?.department ?? [])].sort();
  const all = [...new Set([...here, ...(chosen ?? [])])].sort();
  return (
    <fieldset class="account-scope">
      <legend>Décide dans</legend>
      <label class="account-check">
        <input
          type="checkbox"
          checked={chosen === null}
          onChange={(event) => choose(event.currentTarget.checked ? null : here)}
        />{' '}
        tous les départements
      </label>
      {chosen !== null &&
        all.map((code) => (
          <label key={code} class="account-check">
            <input
              type="checkbox"
              checked={chosen.includes(code)}
              onChange={(event) =>
                choose(
                  event.currentTarget.checked
                    ? [...chosen, code].sort()
                    : chosen.filter((other) => other !== code),
                )
              }
            />{' '}
            {code}
          </label>
        ))}
    </fieldset>
  );
}

interface LedProps {
  chosen: readonly number[];
  choose(cpts: readonly number[]): void;
}

function Led({ chosen, choose }: LedProps) {
  const all = openCpts.value;
  if (all.length === 0) {
    return <p class="quiet">Il n’y a pas encore de CPTS&nbsp;: en créer une la lui confie.</p>;
  }
  return (
    <fieldset class="account-scope account-led">
      <legend>Porte</legend>
      {all.map(({ id, name }) => (
        <label key={id} class="account-check">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) =>
              choose(
                event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id),
              )
            }
          />{' '}
          {name}
        </label>
      ))}
    </fieldset>
  );
}
