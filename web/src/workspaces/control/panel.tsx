import type { Cpts } from '../../../../server/contracts/cpts.ts';
import type { Overlap } from '../../../../server/contracts/overlaps.ts';
import { exportAllCpts } from '../../api/territory-files.ts';
import { statusLabels } from '../../french/labels.ts';
import { counted, formatInhabitants, formatKm2 } from '../../french/numbers.ts';
import { FailureNotice, Loaded } from '../../shell/notice.tsx';
import { go, selection } from '../../state/address.ts';
import { cptsList, loadCpts, overlaps, refreshCpts, refreshFailure } from '../../state/cpts.ts';
import { ExportMenu } from '../draw/files/export-menu.tsx';
import { selectCpts, selectOverlap } from '../tables/cpts.ts';

/** Every CPTS, and the pairs that share communes. */
export function ControlPanel() {
  const retry = () => void loadCpts();
  return (
    <>
      {refreshFailure.value && (
        <FailureNotice
          lead="Ces listes n’ont pas pu être relues et datent peut-être d’avant la dernière décision."
          error={refreshFailure.value}
          retry={() => void refreshCpts()}
        />
      )}
      <Loaded state={cptsList.state.value} what="Chargement des CPTS" retry={retry}>
        {(all) => <CptsList all={all} />}
      </Loaded>
      <Loaded state={overlaps.state.value} what="Recherche des chevauchements" retry={retry}>
        {(pairs) => <OverlapList pairs={pairs} />}
      </Loaded>
    </>
  );
}

function CptsList({ all }: { all: readonly Cpts[] }) {
  if (all.length === 0) {
    return (
      <div class="empty">
        <p>Aucune CPTS pour l’instant.</p>
        <p class="button-row">
          <button type="button" class="button primary" onClick={() => go({ workspace: 'draw' })}>
            Dessiner une CPTS
          </button>
          <button
            type="button"
            class="button"
            onClick={() => go({ workspace: 'analyse', view: 'territories', selection: null })}
          >
            Partir d’un territoire proposé
          </button>
        </p>
      </div>
    );
  }
  return (
    <section aria-labelledby="cpts-title">
      <h2 id="cpts-title">{counted(all.length, 'CPTS', 'CPTS')}</h2>
      <ul class="items">
        {all.map((cpts) => (
          <li key={cpts.id}>
            <button
              type="button"
              class={cpts.status === 'closed' ? 'item closed' : 'item'}
              aria-pressed={selection.value?.kind === 'cpts' && selection.value.id === cpts.id}
              onClick={() => selectCpts(cpts)}
            >
              <span class="item-title">{cpts.name}</span>
              <span class="item-line figure">
                <span class={cpts.recognised ? 'tag recognised' : 'tag'}>
                  {cpts.recognised ? '● Reconnue' : '◌ '}
                  {cpts.recognised ? '' : statusLabels[cpts.status]}
                </span>
                <span>{formatInhabitants(cpts.population)}</span>
                {!cpts.inBand && cpts.status !== 'closed' && (
                  <span class="amber">⚠ hors fourchette</span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {all.some(({ status }) => status !== 'closed') && (
        <ExportMenu summary="Exporter toutes les CPTS ouvertes" load={exportAllCpts} />
      )}
    </section>
  );
}

function OverlapList({ pairs }: { pairs: readonly Overlap[] }) {
  const chosen = selection.value;
  return (
    <section aria-labelledby="overlaps-title">
      <h2 id="overlaps-title">Chevauchements</h2>
      {pairs.length === 0 && (
        <p class="empty">✓ Aucune commune n’est dans deux CPTS ouvertes à la fois.</p>
      )}
      <ul class="items">
        {pairs.map((pair) => (
          <li key={`${pair.a.id}-${pair.b.id}`}>
            <button
              type="button"
              class="item conflict"
              aria-pressed={
                chosen?.kind === 'overlap' && chosen.a === pair.a.id && chosen.b === pair.b.id
              }
              onClick={() => selectOverlap(pair)}
            >
              <span class="item-title">
                {pair.a.name} <span aria-hidden="true">∩</span>
                <span class="visually-hidden">et</span> {pair.b.name}
              </span>
              <span class="item-line figure">
                <span>{counted(pair.units.length, 'commune')}</span>
                <span>{formatInhabitants(pair.population)}</span>
                <span>{formatKm2(pair.areaKm2)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
