import { useState } from 'preact/hooks';
import { createFirstAdministrator } from '../api/accounts.ts';
import { Dialog } from '../shell/dialog.tsx';
import { FailureNotice } from '../shell/notice.tsx';
import { dialog } from '../state/panels.ts';
import { becomes } from '../state/people.ts';
import { passwordHint, TextField } from './text-field.tsx';
import { useSending } from './use-sending.ts';

/** The first administrator, whose account ends the demonstration. */
export function FirstAccountForm({ token }: { token?: string }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { submit, error, busy } = useSending(async () => {
    const wanted = { name, email, password, ...(token === undefined ? {} : { token }) };
    becomes(await createFirstAdministrator(wanted));
    dialog.value = null;
  });
  const weak = error?.code === 'weak_password' ? error : null;
  return (
    <form class="fields" onSubmit={submit} aria-label="Créer le premier administrateur">
      <TextField
        label="Nom, qui signe ce que vous faites"
        value={name}
        set={setName}
        autoComplete="name"
        maxLength={80}
        first
      />
      <TextField
        label="Adresse électronique"
        type="email"
        value={email}
        set={setEmail}
        autoComplete="username"
      />
      <TextField
        label="Mot de passe"
        type="password"
        value={password}
        set={setPassword}
        autoComplete="new-password"
        hint={passwordHint}
        error={weak}
      />
      {error && !weak && <FailureNotice error={error} />}
      <button type="submit" class="button primary" disabled={busy}>
        {busy ? 'Création…' : 'Créer ce compte et entrer'}
      </button>
    </form>
  );
}

export function FirstAccountDialog() {
  const open = dialog.value === 'first-account';
  return (
    <Dialog name="first-account" title="Créer les comptes">
      <p>
        Le premier compte est celui d’un administrateur, qui invite les autres et dit ce que chacun
        peut faire. Dès qu’il existe la démonstration s’arrête&nbsp;: il faudra se connecter.
      </p>
      {open && <FirstAccountForm />}
    </Dialog>
  );
}
