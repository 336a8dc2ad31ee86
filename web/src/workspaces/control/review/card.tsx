import { useRef } from 'preact/hooks';
import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import { frenchDay } from '../../../../../server/core/life/days.ts';
import { timeLeft } from '../../../french/days.ts';
import { counted, formatDate } from '../../../french/numbers.ts';
import { CardHead } from '../../../shell/card-head.tsx';
import { Loaded } from '../../../shell/notice.tsx';
import { PopulationGauge } from '../../../shell/population-gauge.tsx';
import { select } from '../../../state/address.ts';
import { loadReview, type Reviewed, review } from '../../../state/control/review.ts';
import { decidesOn } from '../../../state/control/rights.ts';
import { today } from '../../../state/control/then.ts';
import type { Region } from '../../../state/region.ts';
import { SharePart } from '../../draw/share/part.tsx';
import { Changed } from '../../draw/versions/comparison.tsx';
import { FiguresBeforeAfter } from '../../draw/versions/figures.tsx';
import { Decisions } from '../decision/decisions.tsx';
import { Agreement } from './agreement.tsx';
import { reviewChoices } from './choices.ts';
import { FirstFigures } from './first-figures.tsx';
import { Neighbours } from './neighbours.tsx';

/** All that helps decide on a territory that waits, then the decision. */
export function ReviewCard({ region, cpts }: { region: Region; cpts: Cpts }) {
  const card = useRef<HTMLElement>(null);
  return (
    <article class="card-plain" ref={card} aria-label={`Examen\u00a0: ${cpts.name}`}>
      <CardHead
        kind="Examen"
        title={cpts.name}
        onClose={() => select({ kind: 'cpts', id: cpts.id })}
      />
      <Loaded state={review.state.value} what="Lecture du dossier" retry={() => loadReview(cpts)}>
        {(told) => (
          <>
            <Asked cpts={cpts} told={told} />
            <Body region={region} cpts={cpts} told={told} />
            <section class="review-decision" aria-labelledby="review-decision">
              <h3 id="review-decision">Décision</h3>
              <Decisions
                cpts={cpts}
                choices={reviewChoices(region, cpts, told)}
                onDone={() => {
                  select({ kind: 'cpts', id: cpts.id });
                  card.current?.querySelector('h2')?.focus();
                }}
              />
              {!decidesOn(cpts) && (
                <p class="quiet">
                  La décision revient à l’ARS des départements de cette CPTS ({' '}
                  {cpts.departments.join(', ')}).
                </p>
              )}
            </section>
          </>
        )}
      </Loaded>
    </article>
  );
}

/** What is asked, since when, until when. */
function Asked({ cpts, told: { version } }: { cpts: Cpts; told: Reviewed }) {
  const { since, proposed, status, deemedValidatedOn, opposition } = cpts;
  return (
    <>
      {proposed !== null && (
        <p>
          <strong>Version {version.number} proposée</strong> le {formatDate(version.at)}
          {version.author !== 'local' && <> par {version.author}</>}, pour remplacer la version{' '}
          {version.basedOn ?? cpts.version}.
        </p>
      )}
      {proposed === null && status === 'project_submitted' && (
        <p>
          <strong>Projet de santé déposé</strong> le {frenchDay(since)}.
          {deemedValidatedOn && (
            <>
              {' '}
              Sans opposition, il est réputé validé après le {frenchDay(deemedValidatedOn)}&nbsp;:{' '}
              <strong class="amber">{timeLeft(today(), deemedValidatedOn)}</strong>.
            </>
          )}
        </p>
      )}
      {proposed === null && (status === 'letter_of_intent' || status === 'idea') && (
        <p>
          <strong>
            {status === 'idea'
              ? 'Territoire en projet'
              : 'Territoire demandé par lettre d’intention'}
          </strong>{' '}
          depuis le {frenchDay(since)}.
        </p>
      )}
      {version.note && <blockquote class="plain-text">{version.note}</blockquote>}
      {opposition && (
        <p class="notice notice-amber">
          Opposition du {frenchDay(opposition.on)}
          {opposition.by !== 'local' && <> ({opposition.by})</>}&nbsp;: {opposition.reason}
        </p>
      )}
    </>
  );
}

function Body({ region, cpts, told }: { region: Region; cpts: Cpts; told: Reviewed }) {
  const { version, refused } = told;
  return (
    <>
      <PopulationGauge population={version.figures.population} />
      {version.agreement && <Agreement agreement={version.agreement} cpts={cpts.id} />}
      {told.told ? (
        <section class="versions" aria-labelledby="review-differences">
          <h3 id="review-differences">Depuis la version {told.told.before.number}</h3>
          <FiguresBeforeAfter {...told.told} />
          <Changed region={region} told={told.told} />
        </section>
      ) : (
        <FirstFigures figures={version.figures} />
      )}
      <Neighbours region={region} cpts={cpts} units={told.after} />
      {refused.length > 0 && (
        <section aria-label="Refus précédents">
          <h3>{counted(refused.length, 'version déjà refusée', 'versions déjà refusées')}</h3>
          <ul class="items">
            {refused.map(({ number, reason }) => (
              <li key={number}>
                <span class="quiet">Version {number}&nbsp;:</span> {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      <SharePart region={region} cpts={cpts} />
    </>
  );
}
