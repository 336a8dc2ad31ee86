import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { exportAllCpts } from '../../api/territory-files.ts';
import { statusLabels } from '../../french/labels.ts';
import { counted, formatInhabitants } from '../../french/numbers.ts';
import { go, selection } from '../../state/address.ts';
import { isFiltered, keepAll, keptCpts } from '../../state/control/shown.ts';
import { ExportMenu } from '../draw/files/export-menu.tsx';
import { selectCpts } from '../tables/cpts.ts';
import { standingOfCpts } from './scene.ts';

const signs = { recognised: '●', deposited: '◍', draft: '◌' } as const;

/** The CPTS that the filters keep. */
export function CptsList() {
  const kept = keptCpts.value;
  if (kept.length === 0) return isFiltered.value ? <NoneKept /> : <None />;
  return (
    <section aria-labelledby="cpts-title">
      <h2 id="cpts-title">{counted(kept.length, 'CPTS', 'CPTS')}</h2>
      <ul class="items">
        {kept.map((cpts) => (
          <Item key={cpts.id} cpts={cpts} />
        ))}
      </ul>
      {kept.some(({ status }) => status !== 'closed') && (
        <ExportMenu summary="Exporter toutes les CPTS ouvertes" load={exportAllCpts} />
      )}
    </section>
  );
}

function Item({ cpts }: { cpts: Cpts }) {
  const sign = cpts.status === 'closed' ? '✕' : signs[standingOfCpts(cpts)];
  return (
    <li>
      <button
        type="button"
        class={cpts.status === 'closed' ? 'item closed' : 'item'}
        aria-pressed={selection.value?.kind === 'cpts' && selection.value.id === cpts.id}
        onClick={() => selectCpts(cpts)}
      >
        <span class="item-title">{cpts.name}</span>
        <span class="item-line figure">
          <span class={cpts.recognised ? 'tag recognised' : 'tag'}>
            <span aria-hidden="true">{sign} </span>
            {statusLabels[cpts.status]}
          </span>
          <span>{formatInhabitants(cpts.population)}</span>
          {!cpts.inBand && cpts.status !== 'closed' && <span class="amber">⚠ hors fourchette</span>}
        </span>
      </button>
    </li>
  );
}

function NoneKept() {
  return (
    <div class="empty">
      <p>Aucune CPTS ne passe ces filtres.</p>
      <button type="button" class="button" onClick={keepAll}>
        Tout montrer
      </button>
    </div>
  );
}

function None() {
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
