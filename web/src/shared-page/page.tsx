import { computed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { SharedTerritory } from '../../../server/contracts/sharing.ts';
import { statusLabels } from '../french/labels.ts';
import { counted, formatCount, formatDate, formatKm2, formatShare } from '../french/numbers.ts';
import { unbroken } from '../french/unbroken.ts';
import { frame } from '../map/frame.ts';
import type { Pointed } from '../map/pointer.ts';
import type { Scene } from '../map/scene.ts';
import { MapView } from '../map/view.tsx';
import { HoverCard } from '../shell/hover-card.tsx';
import { LoadingScreen } from '../shell/loading.tsx';
import { FailureNotice } from '../shell/notice.tsx';
import { PopulationGauge } from '../shell/population-gauge.tsx';
import { address, select, selection } from '../state/address.ts';
import { boot } from '../state/boot.ts';
import { boundsOf, type Region, unitsOf } from '../state/region.ts';
import { readyValue } from '../state/resource.ts';
import { CommentItem } from '../workspaces/draw/share/comment.tsx';
import { useCommentMarks } from '../workspaces/draw/share/comment-marks.ts';
import { CommentForm } from './comment-form.tsx';
import { sharedScene } from './scene.ts';
import { loadShared, sharedTerritory } from './store.ts';

/** What the holder of a link sees: a territory, its figures, what was said of it. Nothing to edit. */
export function SharedPage({ token }: { token: string }) {
  const { state } = sharedTerritory;
  const phase = boot.value.phase;
  useEffect(() => {
    // The server refuses before its region is there: nobody should be told that the link is bad.
    if (phase === 'ready') void loadShared(token);
  }, [token, phase]);
  const shown = readyValue(state.value);
  useEffect(() => {
    document.title = shown ? `${shown.cpts.name} · Maillage` : 'Territoire partagé · Maillage';
  }, [shown]);

  if (boot.value.phase !== 'ready') return <LoadingScreen state={boot.value} />;
  if (state.value.status === 'failed') return <NotThere token={token} />;
  if (!shown) {
    return (
      <main class="loading">
        <p class="waiting" role="status">
          Ouverture du territoire…
        </p>
      </main>
    );
  }
  return <Shared region={boot.value.region} token={token} shown={shown} />;
}

function NotThere({ token }: { token: string }) {
  const failed = sharedTerritory.state.value;
  if (failed.status !== 'failed') return null;
  const { error } = failed;
  const gone = error.code === 'unknown_link';
  return (
    <main class="loading">
      <div class="loading-card">
        <h1 class="shared-title">{gone ? 'Lien inconnu' : 'Maillage'}</h1>
        {gone ? (
          <p role="alert">{unbroken(error.message)}</p>
        ) : (
          <FailureNotice error={error} retry={() => void loadShared(token)} />
        )}
      </div>
    </main>
  );
}

interface Props {
  region: Region;
  token: string;
  shown: SharedTerritory;
}

function Shared({ region, token, shown }: Props) {
  const { cpts, comments, kind } = shown;
  const pointed = useSignal<Pointed | null>(null);
  const chosen = useMemo(
    () =>
      computed(() => {
        const one = selection.value;
        return one?.kind === 'unit' ? (region.indexOf.get(one.code) ?? null) : null;
      }),
    [region],
  );
  const scene = useMemo(
    () =>
      computed<Scene | null>(() => {
        const territory = readyValue(sharedTerritory.state.value);
        return territory && sharedScene(region, territory, chosen.value);
      }),
    [region, chosen],
  );
  const units = useMemo(() => new Set(unitsOf(region, cpts.units)), [region, cpts.units]);
  useEffect(() => {
    // The map opens where the territory is, unless the address says where.
    if (address.peek().camera === null) frame.bounds(boundsOf(region, units));
  }, [region, units]);
  const choose = (unit: number) => select({ kind: 'unit', code: region.code[unit]! });
  useCommentMarks(region, comments, choose);

  return (
    <div class="shared">
      <header class="shared-head">
        <h1>{cpts.name}</h1>
        <p class="quiet">
          {cpts.recognised ? 'CPTS reconnue · ' : 'Projet de CPTS · '}
          {statusLabels[cpts.status]}
        </p>
      </header>
      <section class="shared-map" aria-label="Carte">
        <MapView
          region={region}
          scene={scene}
          pointed={pointed}
          onUnit={choose}
          onMark={() => {}}
        />
        <HoverCard
          region={region}
          pointed={pointed}
          fact={(unit) => (units.has(unit) ? 'dans le territoire' : 'hors du territoire')}
        />
      </section>
      <main class="shared-side">
        <Figures cpts={cpts} />
        {kind === 'comment' && cpts.status !== 'closed' && (
          <CommentForm region={region} token={token} chosen={chosen.value} />
        )}
        <Comments region={region} comments={comments} chosen={chosen.value} />
        <p class="quiet">
          Page partagée par le porteur du projet, qui peut la retirer. {region.health.region.source}
        </p>
      </main>
    </div>
  );
}

function Figures({ cpts }: { cpts: SharedTerritory['cpts'] }) {
  const { figures, version, savedAt, label } = cpts;
  return (
    <section aria-label="Chiffres du territoire">
      <PopulationGauge population={figures.population} />
      <dl class="figures">
        <div>
          <dt>Communes</dt>
          <dd>{formatCount(figures.communes)}</dd>
        </div>
        <div>
          <dt>Surface</dt>
          <dd>{formatKm2(figures.areaKm2)}</dd>
        </div>
        <div>
          <dt>D’un seul tenant</dt>
          <dd>
            {figures.pieces === 1
              ? '✓ oui'
              : `⚠ non\u00a0: ${counted(figures.pieces, 'morceau', 'morceaux')}`}
          </dd>
        </div>
        {figures.li !== null && (
          <div>
            <dt>
              Soins reçus sur place <span class="quiet">{figures.dataset?.name}</span>
            </dt>
            <dd>{formatShare(figures.li)}</dd>
          </div>
        )}
      </dl>
      <p class="quiet">
        Version {version} du {formatDate(savedAt)}
        {label && `, «\u00a0${label}\u00a0»`}
      </p>
    </section>
  );
}

interface CommentsProps {
  region: Region;
  comments: SharedTerritory['comments'];
  chosen: number | null;
}

/** Those on the commune chosen, or all. */
function Comments({ region, comments, chosen }: CommentsProps) {
  const code = chosen === null ? null : region.code[chosen]!;
  const listed = code === null ? comments : comments.filter(({ unit }) => unit === code);
  const title = counted(listed.length, 'avis', 'avis');
  return (
    <section aria-label="Avis">
      <h2>
        {chosen === null ? title : `${title} sur ${region.name[chosen]}`}{' '}
        {chosen !== null && comments.length > listed.length && (
          <button type="button" class="link" onClick={() => select(null)}>
            voir les {comments.length}
          </button>
        )}
      </h2>
      {comments.length === 0 && <p class="quiet">Personne n’a encore donné d’avis.</p>}
      <ul class="items">
        {listed.map((comment) => (
          <CommentItem key={comment.id} region={region} comment={comment} />
        ))}
      </ul>
    </section>
  );
}
