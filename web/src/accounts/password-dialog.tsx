import { useState } from 'preact/hooks';
import { changePassword } from '../api/accounts.ts';
import { Dialog } from '../shell/dialog.tsx';
import { FailureNotice } from '../shell/notice.tsx';
import { announce } from '../state/announce.ts';
import { dialog } from '../state/panels.ts';
import { becomes } from '../state/people.ts';
import { passwordHint, TextField } from './text-field.tsx';
import { useSending } from './use-sending.ts';

export function PasswordDialog() {
  return (
    <Dialog name="password" title="Changer de mot de passe">
      {dialog.value === 'password' && <PasswordForm />}
    </Dialog>
  );
}

function PasswordForm() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { submit, error, busy } = useSending(async () => {
    becomes(await changePassword(current, next));
    dialog.value = null;
    announce('Mot de passe changé\u00a0; vos autres sessions sont fermées.');
  });
  const of = (code: string) => (error?.code === code ? error : null);
  const elsewhere = error && !of('wrong_credentials') && !of('weak_password') ? error : null;
  return (
    <form class="fields" onSubmit={submit} aria-label="Changer de mot de passe">
      <p>Vos sessions ouvertes ailleurs seront fermées.</p>
      <TextField
        label="Mot de passe actuel"
        type="password"
        value={current}
        set={setCurrent}
        autoComplete="current-password"
        maxLength={500}
        first
        error={of('wrong_credentials')}
      />
      <TextField
        label="Nouveau mot de passe"
        type="password"
        value={next}
        set={setNext}
        autoComplete="new-password"
        hint={passwordHint}
        error={of('weak_password')}
      />
      {elsewhere && <FailureNotice error={elsewhere} />}
      <p class="button-row">
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? 'Envoi…' : 'Changer de mot de passe'}
        </button>
      </p>
    </form>
  );
}
