import { useEffect, useState } from 'preact/hooks';
import type { Account } from '../../../server/contracts/accounts.ts';
import { roleLabels } from '../../../server/core/accounts/actor.ts';
import { fetchAccounts } from '../api/accounts.ts';
import { formatDate } from '../french/numbers.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Loaded } from '../shell/notice.tsx';
import { dialog } from '../state/panels.ts';
import { readyValue, resource } from '../state/resource.ts';
import { AccountForm } from './account-form.tsx';

const accounts = resource<Account[]>();
let turn = 0;
/** Reads the list anew while the one before stays on screen. */
const refresh = () => accounts.show(String(++turn), fetchAccounts);

/** Accounts, for administrators: who there is, what each may do, and invitations. */
export function AccountsDialog() {
  return (
    <Dialog name="accounts" title="Comptes" wide>
      {dialog.value === 'accounts' && <Accounts />}
    </Dialog>
  );
}

function Accounts() {
  /** account under change; null: a new one */
  const [shown, setShown] = useState<Account | null>(null);
  useEffect(() => void refresh(), []);
  const waiting = (readyValue(accounts.state.value) ?? []).filter(({ awaiting }) => awaiting);
  return (
    <div class="accounts">
      <section aria-label="Liste des comptes">
        {waiting.length > 0 && (
          <p class="notice notice-amber" role="status">
            {waiting.map(({ name }) => name).join(', ')}{' '}
            {waiting.length > 1 ? 'attendent' : 'attend'} un rôle.
          </p>
        )}
        <Loaded
          state={accounts.state.value}
          what="Lecture des comptes"
          retry={() => void refresh()}
        >
          {(all) => (
            <ul class="account-list">
              {all.map((account) => (
                <li key={account.id}>
                  <button
                    type="button"
                    aria-pressed={shown?.id === account.id}
                    onClick={() => setShown(account)}
                  >
                    <strong>{account.name}</strong>
                    <span>{account.email ?? 'sans adresse'}</span>
                    <span>{doing(account)}</span>
                    <span class="quiet">{state(account)}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
        <button type="button" class="button" onClick={() => setShown(null)}>
          Inviter quelqu’un…
        </button>
      </section>
      <AccountForm
        key={shown?.id ?? 'new'}
        account={shown}
        onChange={(account) => {
          // Whoever was just invited has their link shown here: the form stays.
          if (shown) setShown(account);
          void refresh();
        }}
      />
    </div>
  );
}

function doing({ role, departments, cpts }: Account): string {
  if (role === 'ars' && departments)
    return `ARS (${departments.join(', ') || 'aucun département'})`;
  if (role === 'leader') return `${roleLabels.leader} (${cpts.length})`;
  return roleLabels[role];
}

function state({ disabled, awaiting, hasPassword, hasProvider, seenAt }: Account): string {
  if (disabled) return 'désactivé';
  if (awaiting) return 'attend un rôle';
  if (!hasPassword && !hasProvider) return 'invité, pas encore venu';
  return seenAt ? `vu le ${formatDate(seenAt)}` : 'jamais venu';
}
