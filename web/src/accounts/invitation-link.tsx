import { useEffect, useRef, useState } from 'preact/hooks';

/** The one-time link of an account, told this once. */
export function InvitationLink({ name, token }: { name: string; token: string }) {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const link = `${location.origin}/#invitation=${token}`;
  useEffect(() => field.current?.focus(), [token]);
  const copy = async () => {
    field.current?.select();
    // Refused where the page is not reached over https: what is selected can be copied by hand.
    await navigator.clipboard?.writeText(link).then(
      () => setCopied(true),
      () => {},
    );
  };
  return (
    <div class="notice" role="status">
      <p>
        Donnez ce lien à {name}, de préférence de vive voix ou par une messagerie sûre&nbsp;: il
        permet de choisir son mot de passe, une fois, pendant sept jours. Il ne sera plus affiché.
      </p>
      <input
        class="input"
        readOnly
        ref={field}
        value={link}
        aria-label="Lien d’accès"
        onFocus={(event) => event.currentTarget.select()}
      />
      <button type="button" class="button small" onClick={() => void copy()}>
        {copied ? 'Copié' : 'Copier'}
      </button>
    </div>
  );
}
