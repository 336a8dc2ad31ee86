import { useEffect, useState } from 'preact/hooks';
import type { Proposal } from '../../../../server/contracts/proposals.ts';
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
  keptTerritories,
  notAdopted,
  noteAdopted,
  takeBack,
  takenBack,
} from '../../state/adoption.ts';
import { region } from '../../state/analysis.ts';
import { allCpts, create, creating } from '../../state/cpts.ts';
import { loadEarlier, outdated } from '../../state/earlier-adoptions.ts';
import { can, mayEdit } from '../../state/people.ts';
import type { Territory } from '../../state/proposals.ts';
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

/** From the whole proposal to drafts, and back. */
export function AdoptAll({ shown }: { shown: Proposal }) {
  const { id: run } = shown;
  const count = shown.territories.length;
  useEffect(() => loadEarlier(shown), [run]);
  const left = notAdopted.value.length;
  const kept = keptTerritories.value.length;
  const adopted = count - left - kept;
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
        <Outdated />
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
      </div>
    </details>
  );
}

/** What was adopted from the proposals that this one improves still covers the same communes. */
function Outdated() {
  const left = outdated.value;
  const count = left.reduce((sum, { cpts }) => sum + cpts.length, 0);
  const failed = adoptionFailure.value;
  if (count === 0) return null;
  return (
    <>
      <p class="notice notice-amber">
        {counted(count, 'CPTS adoptée', 'CPTS adoptées')} de{' '}
        {left.length > 1 ? 'propositions' : 'la proposition'}{' '}
        {left.map(({ run }) => `nᵒ\u00a0${run}`).join(', ')}, que celle-ci améliore, et pas
        {count > 1 ? ' modifiées' : ' modifiée'} depuis, {count > 1 ? 'couvrent' : 'couvre'} encore
        ces communes. Pour {count > 1 ? 'les' : 'la'} remplacer, annulez d’abord{' '}
        {count > 1 ? 'ces adoptions' : 'cette adoption'}, puis adoptez les territoires d’ici.
      </p>
      <button
        type="button"
        class="button"
        disabled={adopting.value}
        onClick={async () => {
          for (const { run, cpts } of left) await takeBack(run, cpts);
        }}
      >
        {count > 1 ? `Annuler ces ${count} adoptions` : 'Annuler cette adoption'}
      </button>
      {left.some(({ run }) => run === failed?.run) && <FailureNotice error={failed!.error} />}
    </>
  );
}
