import type {
  VersionState,
  VersionSummary,
} from '../../../../../server/contracts/cpts-versions.ts';
import { select } from '../../../state/address.ts';

const states: Record<VersionState, string> = {
  in_force: 'en vigueur',
  replaced: 'remplacée',
  proposed: 'attend',
  refused: 'refusée',
  withdrawn: 'retirée',
};

type Bound = NonNullable<VersionSummary['agreement']>;

/** Versions of several CPTS that take effect together, and who still has to accept. */
export function Agreement({ agreement, cpts }: { agreement: Bound; cpts: number }) {
  return (
    <section aria-labelledby="agreement-title">
      <h3 id="agreement-title">Partage lié</h3>
      <p class="quiet">Rien ne change avant que chaque part soit acceptée.</p>
      <ul class="items">
        {agreement.parts.map((part) => {
          const by = part.acceptedBy ?? part.agreedBy;
          return (
            <li key={part.cpts.id} class="agreement-part">
              {part.cpts.id === cpts ? (
                <strong>{part.cpts.name}</strong>
              ) : (
                <button
                  type="button"
                  class="link"
                  onClick={() => select({ kind: 'cpts', id: part.cpts.id, review: true })}
                >
                  {part.cpts.name}
                </button>
              )}
              <span class="quiet">
                {' '}
                version {part.number},{' '}
                {part.state === 'proposed' && by !== null ? '✓ acceptée' : states[part.state]}
                {by !== null && by !== 'local' && ` par ${by}`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
