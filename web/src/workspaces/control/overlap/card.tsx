import type { Overlap, OverlapResolution } from '../../../../../server/contracts/overlaps.ts';
import { severityLabels } from '../../../../../server/core/overlap/severity.ts';
import { statusInText } from '../../../french/labels.ts';
import { counted, formatInhabitants, formatKm2, formatShare } from '../../../french/numbers.ts';
import { CardHead } from '../../../shell/card-head.tsx';
import { Loaded } from '../../../shell/notice.tsx';
import { select } from '../../../state/address.ts';
import { followRule, gifts, receivers, resolution } from '../../../state/control/resolution.ts';
import { refreshCpts } from '../../../state/cpts.ts';
import { Effects } from './effects.tsx';
import { Propose } from './propose.tsx';
import { SharedUnits } from './shared-units.tsx';

/** What two CPTS share, to which each commune would go, and what it would make of both. */
export function OverlapCard({ pair }: { pair: Overlap }) {
  return (
    <article class="card-plain" aria-label="Chevauchement">
      <CardHead
        kind={`Chevauchement · ${severityLabels[pair.severity].toLowerCase()}`}
        title={counted(pair.units.length, 'commune partagée', 'communes partagées')}
        onClose={() => select(null)}
      />
      <p class="lead figure">
        {formatInhabitants(pair.population)}
        <span class="quiet"> · {formatKm2(pair.areaKm2)}</span>
      </p>
      <dl class="figures sides">
        {(['a', 'b'] as const).map((side) => (
          <Side key={side} letter={side === 'a' ? 'A' : 'B'} {...pair[side]} />
        ))}
      </dl>
      <Loaded
        state={resolution.state.value}
        what="Calcul du partage"
        retry={() => {
          followRule();
          void refreshCpts();
        }}
      >
        {(told) => <Resolution told={told} />}
      </Loaded>
    </article>
  );
}

function Side({ letter, id, name, status, share }: Overlap['a'] & { letter: string }) {
  return (
    <div>
      <dt>
        <span class="side-letter">{letter}</span>{' '}
        <button type="button" class="link" onClick={() => select({ kind: 'cpts', id })}>
          {name}
        </button>
        <span class="quiet"> {statusInText(status)}</span>
      </dt>
      <dd title="part de ses habitants qui vivent dans les communes partagées">
        {formatShare(share)}
      </dd>
    </div>
  );
}

function Resolution({ told }: { told: OverlapResolution }) {
  const toA = [...receivers.value.values()].filter((id) => id === told.a.id).length;
  return (
    <>
      <section class="list-part" aria-labelledby="sharing-title">
        <h3 id="sharing-title">Partage proposé</h3>
        <p class="quiet">
          {told.dataset
            ? `Chaque commune va à la CPTS qui reçoit le plus de ses patients (${told.dataset.kind === 'modelled' ? 'flux modélisés' : 'extrait'}\u00a0: ${told.dataset.name}).`
            : 'Aucun flux n’est chargé\u00a0: chaque commune va à la CPTS la plus avancée, sinon à celle dont elle touche le plus la limite.'}
        </p>
        <SharedUnits told={told} />
        <p class="quiet" role="status">
          {counted(toA, 'commune')} à A, {counted(told.units.length - toA, 'commune')} à B
          {gifts.value.size > 0 && (
            <>
              {' '}
              dont {counted(gifts.value.size, 'choisie', 'choisies')} ici{' · '}
              <button type="button" class="link" onClick={followRule}>
                suivre les patients partout
              </button>
            </>
          )}
        </p>
      </section>
      <Effects told={told} />
      <Propose told={told} />
    </>
  );
}
