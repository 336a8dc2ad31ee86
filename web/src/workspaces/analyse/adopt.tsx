import { useState } from 'preact/hooks';
import { Reserved } from '../../accounts/reserved.tsx';
import type { ApiFailure } from '../../api/client.ts';
import { statusLabels } from '../../french/labels.ts';
import { counted } from '../../french/numbers.ts';
import { CptsNameField } from '../../shell/cpts-name-field.tsx';
import { FailureNotice } from '../../shell/notice.tsx';
import {
  adoptAll,
  adopting,
  adoptionFailure,
  allHeld,
  drafts,
  improve,
  keptTerritories,
  notAdopted,
  noteAdopted,
  takeBack,
  takenBack,
} from '../../state/adoption.ts';
import { region } from '../../state/analysis.ts';
import { allCpts, create, creating } from '../../state/cpts.ts';
import { can, mayEdit } from '../../state/people.ts';
import { starting, type Territory, underWay } from '../../state/proposals.ts';
import { asFailure } from '../../state/resource.ts';
import { editCpts } from '../draw/open.ts';
import { selectCpts } from '../tables/cpts.ts';

/** From a proposed territory to a CPTS; the way to it once it is one. */
export function AdoptTerritory({ run, territory }: { run: number; territory: Territory }) {
  const [name, setName] = useState(territory.name);
  const [error, setError] = useState<ApiFailure | null>(null);
  if ((territory.cpts ?? null) !== null) {
    return <Adopted run={run} id={territory.cpts!} kept={territory.kept} />;
  }
  if (!can('draw')) return <Reserved act="d’adopter un territoire" />;

  async function submit(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      const cpts = await create({
        name: name.trim(),
        proposal: { id: run, territory: territory.id },
      });
      if (cpts) noteAdopted(run, new Map([[territory.id, cpts.id]]));
    } catch (cause) {
      setError(asFailure(cause));
    }
  }

  return (
    <form class="card fields" onSubmit={submit}>
      <CptsNameField value={name} set={setName} />
      <button
        type="submit"
        class="button primary"
        disabled={creating.value || name.trim().length < 2}
      >
        {creating.value ? 'Création…' : 'Adopter ce territoire'}
      </button>
      <p class="quiet">
        Crée une CPTS à l’étape «&nbsp;Idée&nbsp;» avec ses{' '}
        {counted(territory.units.length, 'commune')}.
      </p>
      {error && <FailureNotice error={error} />}
    </form>
  );
}

function Adopted({ run, id, kept }: { run: number; id: number; kept: boolean }) {
  const cpts = allCpts.value.find((each) => each.id === id);
  const failed = adoptionFailure.value;
  return (
    <div class="card fields" role="status">
      <p>
        {kept ? 'CPTS gardée' : '✓ Adopté'}&nbsp;: <strong>{cpts?.name ?? `CPTS nᵒ ${id}`}</strong>
        {cpts && <span class="quiet"> · {statusLabels[cpts.status]}</span>}
      </p>
      {cpts && (
        <p class="button-row">
          {can('draw') &&
            mayEdit(cpts) &&
            !cpts.recognised &&
            cpts.status !== 'closed' &&
            region.value && (
              <button type="button" class="button" onClick={() => editCpts(region.value!, cpts)}>
                Modifier dans Dessiner
              </button>
            )}
          <button type="button" class="button" onClick={() => selectCpts(cpts)}>
            Ouvrir dans Contrôler
          </button>
          {takenBack.value.some((each) => each.id === id) && (
            <button
              type="button"
              class="button"
              disabled={adopting.value}
              onClick={() => void takeBack(run, [id])}
            >
              Annuler l’adoption
            </button>
          )}
        </p>
      )}
      {failed?.run === run && <FailureNotice error={failed.error} />}
    </div>
  );
}

/** From the whole proposal to drafts, and back to a proposal around them. */
export function AdoptAll({ run, count }: { run: number; count: number }) {
  const left = notAdopted.value.length;
  const kept = keptTerritories.value.length;
  const adopted = count - left - kept;
  const held = drafts.value.length;
  const untouched = takenBack.value;
  const failed = adoptionFailure.value;
  if (!can('draw')) return null;
  return (
    <details class="card">
      <summary>
        Adopter{' '}
        <span class="quiet">
          {adopted === 0
            ? 'aucun territoire adopté'
            : `${adopted} sur ${counted(count - kept, 'adopté', 'adoptés')}`}
          {kept > 0 && ` · ${counted(kept, 'CPTS gardée', 'CPTS gardées')}`}
        </span>
      </summary>
      <div class="fields">
        {left > 0 ? (
          <>
            <p>
              Crée {counted(left, 'CPTS', 'CPTS')} à l’étape «&nbsp;Idée&nbsp;», une par territoire
              {adopted > 0 ? ' pas encore adopté' : ''}, du nom du territoire. Rien n’est reconnu.
            </p>
            <button
              type="button"
              class="button"
              disabled={adopting.value}
              onClick={() => void adoptAll(run)}
            >
              {adopting.value ? 'Création…' : 'Adopter tous les territoires'}
            </button>
          </>
        ) : (
          <p>
            {kept === count
              ? 'Chaque territoire de cette proposition est une CPTS gardée.'
              : kept > 0
                ? '✓ Tous les territoires que cette proposition ne garde pas sont adoptés.'
                : '✓ Tous les territoires de cette proposition sont adoptés.'}
          </p>
        )}
        {untouched.length > 0 && (
          <>
            <p>
              {counted(untouched.length, 'CPTS adoptée n’a', 'CPTS adoptées n’ont')} pas été
              modifiée{untouched.length > 1 && 's'} depuis.
            </p>
            <button
              type="button"
              class="button"
              disabled={adopting.value}
              onClick={() =>
                void takeBack(
                  run,
                  untouched.map(({ id }) => id),
                )
              }
            >
              {untouched.length > 1 ? 'Annuler ces adoptions' : 'Annuler l’adoption'}
            </button>
          </>
        )}
        {failed?.run === run && <FailureNotice error={failed.error} />}
        {held > 0 && can('analyse') && (
          <>
            {allHeld.value ? (
              <p id="nothing-left">
                Toutes les communes de la proposition sont dans une CPTS adoptée&nbsp;: il ne reste
                rien à redécouper. Retirez d’abord des communes à l’une d’elles dans Dessiner.
              </p>
            ) : (
              <p>
                Une nouvelle proposition garde {counted(held, 'CPTS adoptée', 'CPTS adoptées')} dans{' '}
                {held === 1 ? 'son' : 'leur'} dessin actuel, et redécoupe les territoires voisins.
              </p>
            )}
            <button
              type="button"
              class="button"
              disabled={starting.value || underWay.value !== null || allHeld.value}
              aria-describedby={allHeld.value ? 'nothing-left' : undefined}
              onClick={() => void improve(run)}
            >
              Améliorer autour de mes changements
            </button>
          </>
        )}
      </div>
    </details>
  );
}
