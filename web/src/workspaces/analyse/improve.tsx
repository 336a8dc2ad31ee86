import { statusInText } from '../../french/labels.ts';
import { counted } from '../../french/numbers.ts';
import {
  allHeld,
  alwaysKept,
  type Holdable,
  heldCpts,
  heldTwice,
  hold,
  holdable,
  improve,
  isHeld,
  placed,
} from '../../state/improvement.ts';
import { can } from '../../state/people.ts';
import { starting, underWay } from '../../state/proposals.ts';
import { HeldTwiceNotice } from './held-twice.tsx';
import { PlacedCommunes } from './placed-communes.tsx';

const BARRED = 'improvement-barred';

/** A new proposal around what was changed by hand: what it holds, and what may change. */
export function Improve({ run }: { run: number }) {
  const all = holdable.value;
  if (!can('analyse')) return null;
  const touched = all.filter(({ touch }) => touch);
  const others = all.filter(({ touch }) => !touch);
  const held = heldCpts.value.length;
  const twice = heldTwice.value;
  const communes = placed.value.length;
  const untouched = held + communes === 0;
  const barred = untouched || allHeld.value;
  return (
    <details class="card">
      <summary>
        Améliorer{' '}
        <span class="quiet">
          {untouched
            ? 'rien n’est tenu'
            : [
                ...(held > 0 ? [counted(held, 'CPTS tenue', 'CPTS tenues')] : []),
                ...(communes > 0 ? [counted(communes, 'commune placée', 'communes placées')] : []),
              ].join(' · ')}
        </span>
      </summary>
      <div class="fields">
        <p>
          Une nouvelle proposition part de celle-ci, tient les CPTS cochées telles quelles, dans
          leur dessin enregistré, et là où vous les mettez les communes placées depuis leur fiche,
          puis redécoupe les territoires voisins. Ceux qui sont plus loin ne changent pas.
        </p>
        {touched.length > 0 && (
          <fieldset class="fields">
            <legend>Ce que vous avez changé</legend>
            {touched.map((one) => (
              <Choice key={one.cpts.id} one={one} />
            ))}
          </fieldset>
        )}
        {others.length > 0 && (
          <details>
            <summary>
              Tenir aussi{' '}
              <span class="quiet">
                {counted(others.filter(isHeld).length, 'cochée')} sur {others.length}
              </span>
            </summary>
            <div class="fields">
              {others.map((one) => (
                <Choice key={one.cpts.id} one={one} />
              ))}
            </div>
          </details>
        )}
        <PlacedCommunes />
        <Free />
        {twice.map((pair) => (
          <HeldTwiceNotice key={`${pair.one.id} ${pair.other.id}`} pair={pair} />
        ))}
        {barred && (
          <p id={BARRED}>
            {untouched
              ? 'Rien n’a été changé\u00a0: modifiez dans Dessiner une CPTS adoptée, cochez ce qui doit être tenu, ou placez une commune depuis sa fiche (clic sur la carte).'
              : 'Toutes les communes de la proposition sont dans une CPTS tenue\u00a0: il ne reste rien à redécouper. Décochez-en une, ou retirez-lui des communes dans Dessiner.'}
          </p>
        )}
        <button
          type="button"
          class="button"
          disabled={starting.value || underWay.value !== null || barred || twice.length > 0}
          aria-describedby={barred ? BARRED : undefined}
          onClick={() => void improve(run)}
        >
          Améliorer autour de mes changements
        </button>
      </div>
    </details>
  );
}

function Choice({ one }: { one: Holdable }) {
  const { cpts } = one;
  return (
    <label class="radio">
      <input
        type="checkbox"
        checked={isHeld(one)}
        onChange={(event) => hold(cpts.id, event.currentTarget.checked)}
      />
      <span>
        {cpts.name}
        <small class="quiet">{why(one)}</small>
      </span>
    </label>
  );
}

function why({ cpts, touch, adopted }: Holdable): string {
  switch (touch) {
    case 'kept':
      return 'déjà tenue par cette proposition';
    case 'redrawn':
      return 'redessinée depuis son adoption';
    case 'advanced':
      return `adoptée, et depuis à l’étape «\u00a0${statusInText(cpts.status)}\u00a0»`;
    case 'drawn':
      return 'dessinée hors de cette proposition';
    case null:
      return adopted
        ? 'telle qu’elle a été adoptée'
        : 'hors de cette proposition, telle qu’elle a été créée';
  }
}

/** What the new proposal may divide otherwise, and what becomes of the drafts adopted there. */
function Free() {
  const adopted = holdable.value.filter((one) => one.adopted && !isHeld(one)).length;
  const always = alwaysKept.value.length;
  return (
    <>
      {always > 0 && (
        <p class="quiet">
          {counted(always, 'CPTS reconnue reste fixe', 'CPTS reconnues restent fixes')}, comme la
          proposition le demande.
        </p>
      )}
      {adopted > 0 && (
        <p class="quiet">
          {adopted > 1
            ? `${adopted}\u00a0CPTS adoptées sont libres\u00a0: la nouvelle proposition peut en différer, et elles restent dessinées comme elles le sont. Elle offrira d’annuler leur adoption pour les remplacer.`
            : '1\u00a0CPTS adoptée est libre\u00a0: la nouvelle proposition peut en différer, et elle reste dessinée comme elle l’est. La nouvelle proposition offrira d’annuler son adoption pour la remplacer.'}
        </p>
      )}
    </>
  );
}
