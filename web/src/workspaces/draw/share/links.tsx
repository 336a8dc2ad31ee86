import { useRef, useState } from 'preact/hooks';
import type { LinkKind, ShareLink } from '../../../../../server/contracts/sharing.ts';
import { formatDate } from '../../../french/numbers.ts';
import { announce } from '../../../state/announce.ts';
import { can, mayEdit } from '../../../state/people.ts';
import { addressOf, freshLink, makeLink, revokeLink, sharingBusy } from '../../../state/sharing.ts';

const kinds: { kind: LinkKind; label: string }[] = [
  { kind: 'view', label: 'lire' },
  { kind: 'comment', label: 'lire et donner un avis' },
];

/** Whoever has the address may look, or comment too. */
export function NewLinkForm({ cpts }: { cpts: number }) {
  const [kind, setKind] = useState<LinkKind>('comment');
  const [label, setLabel] = useState('');
  async function submit(event: Event) {
    event.preventDefault();
    if (await makeLink(cpts, { kind, label })) setLabel('');
  }
  return (
    <form class="fields" onSubmit={submit} aria-label="Créer un lien">
      <p class="quiet">
        Qui a l’adresse d’un lien voit le territoire, ses chiffres et les avis, sans compte.
      </p>
      <fieldset class="radio-row">
        <legend class="visually-hidden">Le lien permet de</legend>
        {kinds.map((each) => (
          <label key={each.kind}>
            <input
              type="radio"
              name="link-kind"
              checked={kind === each.kind}
              onChange={() => setKind(each.kind)}
            />{' '}
            {each.label}
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>Pour qui, ou pour quelle réunion (facultatif)</span>
        <input
          class="input"
          maxLength={120}
          value={label}
          onInput={(event) => setLabel(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary" disabled={sharingBusy.value}>
        Créer le lien
      </button>
      <Fresh cpts={cpts} />
    </form>
  );
}

/** The address of the link just made: nobody can find it again. */
function Fresh({ cpts }: { cpts: number }) {
  const field = useRef<HTMLInputElement>(null);
  const fresh = freshLink.value;
  if (fresh?.cpts !== cpts) return null;
  const address = addressOf(fresh.link.token);
  async function copy() {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(address);
      announce('Adresse copiée.');
    } catch {
      announce('Adresse sélectionnée\u00a0: copiez-la avec Ctrl + C.');
    }
  }
  return (
    <div class="notice notice-amber" role="status">
      <p>Copiez cette adresse maintenant&nbsp;: elle ne sera plus affichée.</p>
      <input
        class="input"
        ref={field}
        readOnly
        value={address}
        aria-label="Adresse du lien"
        onFocus={(event) => event.currentTarget.select()}
      />
      <button type="button" class="button small" onClick={() => void copy()}>
        Copier l’adresse
      </button>
    </div>
  );
}

export function LinkList({ cpts, items }: { cpts: number; items: readonly ShareLink[] }) {
  if (items.length === 0) return <p class="quiet">Aucun lien pour l’instant.</p>;
  return (
    <ul class="items">
      {items.map((link) => (
        <li key={link.id} class="item">
          <span class="item-title">{link.label || `Lien ${link.id}`}</span>
          <span class="item-line">
            <span>{kinds.find(({ kind }) => kind === link.kind)?.label}</span>
            <span>créé le {formatDate(link.createdAt)}</span>
            <span>{link.usedAt ? `ouvert le ${formatDate(link.usedAt)}` : 'jamais ouvert'}</span>
          </span>
          {link.revokedAt ? (
            <span class="quiet">✕ retiré le {formatDate(link.revokedAt)}</span>
          ) : can('draw') && mayEdit({ id: cpts }) ? (
            <span>
              <button
                type="button"
                class="button small"
                disabled={sharingBusy.value}
                aria-label={`Retirer le lien ${link.label || link.id}`}
                title="Son adresse n’ouvrira plus rien\u00a0; les avis restent."
                onClick={() => void revokeLink(cpts, link.id)}
              >
                Retirer
              </button>
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
