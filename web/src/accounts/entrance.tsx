import { useEffect, useState } from 'preact/hooks';
import type { Invitation } from '../../../server/contracts/accounts.ts';
import { acceptInvitation, readInvitation, signIn } from '../api/accounts.ts';
import type { ApiFailure } from '../api/client.ts';
import { FailureNotice } from '../shell/notice.tsx';
import { arrival, becomes, expired, session } from '../state/people.ts';
import { asFailure } from '../state/resource.ts';
import { FirstAccountForm } from './first-account.tsx';
import { passwordHint, TextField } from './text-field.tsx';
import { useSending } from './use-sending.ts';

/** What stands before the page until one has said who one is. */
export function Entrance() {
  const came = arrival.value;
  useEffect(() => {
    document.title = 'Connexion · Maillage';
    return () => {
      document.title = 'Maillage';
    };
  }, []);
  return (
    <main class="loading">
      <div class="loading-card entrance">
        <h1 class="brand">Maillage</h1>
        {came?.kind === 'invitation' ? (
          <AcceptInvitation token={came.token} />
        ) : came?.kind === 'first' ? (
          <>
            <h2>Créer le premier administrateur</h2>
            <p class="quiet">Il invite ensuite les autres et dit ce que chacun peut faire.</p>
            <FirstAccountForm token={came.token} />
            <ToSignIn />
          </>
        ) : (
          <SignIn />
        )}
      </div>
    </main>
  );
}

const refusals: Record<string, string> = {
  provider_refused:
    'La connexion n’a pas abouti\u00a0: elle a été abandonnée, a duré trop longtemps, ou votre compte est désactivé. Réessayez, ou demandez à l’administrateur de Maillage.',
  provider_unreachable: 'Ce service de connexion ne répond pas\u00a0: réessayez dans un instant.',
  no_administrator:
    'Maillage n’a pas encore d’administrateur\u00a0: il se crée avec le lien affiché dans le terminal.',
};

function SignIn() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { submit, error, busy } = useSending(async () => becomes(await signIn(email, password)));
  const provider = session.value?.provider;
  const came = arrival.value;
  return (
    <>
      <h2>Se connecter</h2>
      {expired.value && (
        <p class="notice notice-amber" role="status">
          Votre session a expiré. Ce que vous dessiniez est gardé&nbsp;: reconnectez-vous pour
          continuer.
        </p>
      )}
      {came?.kind === 'refused' && (
        <p class="notice notice-error" role="alert">
          {refusals[came.code] ?? 'La connexion n’a pas abouti\u00a0: réessayez.'}
        </p>
      )}
      {provider && (
        <>
          <a class="button primary provider" href="/api/oidc/start">
            Se connecter avec {provider}
          </a>
          <p class="quiet or">ou avec un mot de passe</p>
        </>
      )}
      <form class="fields" onSubmit={submit} aria-label="Se connecter">
        <TextField
          label="Adresse électronique"
          type="email"
          value={email}
          set={setEmail}
          autoComplete="username"
          first
        />
        <TextField
          label="Mot de passe"
          type="password"
          value={password}
          set={setPassword}
          autoComplete="current-password"
          maxLength={500}
          error={error?.code === 'wrong_credentials' ? error : null}
        />
        {error && error.code !== 'wrong_credentials' && <FailureNotice error={error} />}
        <button type="submit" class={provider ? 'button' : 'button primary'} disabled={busy}>
          {busy ? 'Connexion…' : 'Se connecter'}
        </button>
      </form>
      <p class="quiet">
        Pas de compte, ou mot de passe oublié&nbsp;? L’administrateur de Maillage donne un lien.
      </p>
    </>
  );
}

function AcceptInvitation({ token }: { token: string }) {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [refused, setRefused] = useState<ApiFailure | null>(null);
  const [password, setPassword] = useState('');
  useEffect(() => {
    readInvitation(token).then(setInvitation, (cause) => setRefused(asFailure(cause)));
  }, [token]);
  const { submit, error, busy } = useSending(async () =>
    becomes(await acceptInvitation(token, password)),
  );
  if (refused) {
    return (
      <>
        <h2>Invitation</h2>
        <FailureNotice error={refused} />
        <ToSignIn />
      </>
    );
  }
  if (!invitation) {
    return (
      <p class="waiting" role="status">
        Lecture de l’invitation…
      </p>
    );
  }
  return (
    <>
      <h2>Bienvenue, {invitation.name}</h2>
      <form class="fields" onSubmit={submit} aria-label="Choisir un mot de passe">
        {/* Where a keeper of passwords reads whose it is. */}
        <input
          class="visually-hidden"
          type="email"
          autoComplete="username"
          value={invitation.email ?? ''}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <TextField
          label={`Mot de passe de votre compte ${invitation.email ?? ''}`}
          type="password"
          value={password}
          set={setPassword}
          autoComplete="new-password"
          hint={passwordHint}
          first
          error={error?.code === 'weak_password' ? error : null}
        />
        {error && error.code !== 'weak_password' && <FailureNotice error={error} />}
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? 'Enregistrement…' : 'Choisir ce mot de passe et entrer'}
        </button>
      </form>
    </>
  );
}

function ToSignIn() {
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        arrival.value = null;
      }}
    >
      Plutôt se connecter
    </button>
  );
}
