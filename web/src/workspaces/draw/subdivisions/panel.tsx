import { counted, formatCount, formatInhabitants, formatShare } from '../../../french/numbers.ts';
import { unbroken } from '../../../french/unbroken.ts';
import { frame } from '../../../map/frame.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import { ProgressBar } from '../../../shell/progress.tsx';
import { select } from '../../../state/address.ts';
import { cptsUnits } from '../../../state/cpts.ts';
import { dividing } from '../../../state/divisions.ts';
import type { Region } from '../../../state/region.ts';
import { startCut } from '../cut/store.ts';
import {
  choose,
  confirm,
  LARGE,
  removalFailure,
  remove,
  type Stage,
  send,
  stage,
  startOver,
  trouble,
} from './store.ts';

/** Units that two open CPTS hold, by code. */
function sharedCodes(region: Region): Set<string> {
  const seen = new Set<number>();
  const shared = new Set<string>();
  for (const units of cptsUnits.value) {
    for (const unit of units) {
      if (seen.has(unit)) shared.add(region.code[unit]!);
      seen.add(unit);
    }
  }
  return shared;
}

/** Communes that are divided, those that one would divide, and the import of a file. */
export function Subdivisions({ region }: { region: Region }) {
  const shared = sharedCodes(region);
  return (
    <details class="card" open={stage.value.name !== 'choose' || undefined}>
      <summary>Diviser une commune entre plusieurs CPTS</summary>
      <Divided region={region} />
      <Candidates region={region} shared={shared} />
      <h3>Depuis un fichier</h3>
      {trouble.value && <FailureNotice error={trouble.value} />}
      <Step now={stage.value} shared={shared} />
    </details>
  );
}

function Divided({ region }: { region: Region }) {
  if (region.divisions.length === 0) return null;
  return (
    <>
      <h3>Communes divisées</h3>
      <ul class="divided-list">
        {region.divisions.map(({ code, name, units, source, byArea }) => (
          <li key={code}>
            <span>
              <strong>{name}</strong> <span class="figure">{counted(units.length, 'partie')}</span>
            </span>
            <button
              type="button"
              class="button small"
              disabled={dividing.value}
              aria-label={`Rendre ${name} entière`}
              onClick={() => void remove(code, name)}
            >
              Rendre entière
            </button>
            <span class="quiet">
              {unbroken(source)}
              {byArea && '\u00a0; habitants répartis selon la surface'}
            </span>
            {removalFailure.value?.code === code && (
              <FailureNotice error={removalFailure.value.error} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where a division is likely wanted: above 100,000 inhabitants, or held by two CPTS. */
function Candidates({ region, shared }: { region: Region; shared: ReadonlySet<string> }) {
  const units = [...region.code.keys()]
    .filter((unit) => region.population[unit]! > LARGE || shared.has(region.code[unit]!))
    .sort((p, q) => region.population[q]! - region.population[p]! || p - q)
    .slice(0, 8);
  if (units.length === 0) {
    return (
      <p class="quiet">
        Aucune commune de plus de {formatInhabitants(LARGE)} ni tenue par deux CPTS. Pour en
        découper une autre, cherchez-la en haut de la page.
      </p>
    );
  }
  return (
    <ul class="divided-list" aria-label="Communes que l’on divise souvent">
      {units.map((unit) => {
        const code = region.code[unit]!;
        return (
          <li key={code}>
            <span>
              {region.name[unit]}{' '}
              <span class="quiet figure">{formatCount(region.population[unit]!)}</span>
            </span>
            <button
              type="button"
              class="button small"
              aria-label={`Découper ${region.name[unit]}`}
              onClick={() => {
                select({ kind: 'unit', code });
                frame.point(region.lon[unit]!, region.lat[unit]!);
                startCut(code);
              }}
            >
              Découper…
            </button>
            {shared.has(code) && <span class="quiet">tenue par plusieurs CPTS</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Step({ now, shared }: { now: Stage; shared: ReadonlySet<string> }) {
  if (now.name === 'choose') return <Choose shared={shared} />;
  if (now.name === 'sending') {
    const sent = now.share >= 1;
    return (
      <div class="fields">
        <p role="status">
          {sent ? 'Lecture de' : 'Envoi de'} «&nbsp;{now.file}&nbsp;»
          {sent ? '…' : ` — ${formatShare(now.share)}`}
        </p>
        <ProgressBar label="Envoi du fichier" value={sent ? null : now.share} />
        <button type="button" class="button" onClick={now.stop}>
          Annuler
        </button>
      </div>
    );
  }
  if (now.name === 'confirm') return <Confirm now={now} />;
  if (now.name === 'importing') {
    return (
      <div class="fields">
        <p role="status">Division des communes, puis tracé de la nouvelle carte…</p>
        <ProgressBar label="Division des communes" value={null} />
      </div>
    );
  }
  const { result } = now;
  return (
    <div class="fields">
      <p role="status">
        {counted(result.communes.length, 'commune divisée', 'communes divisées')} en{' '}
        {counted(result.units.length, 'partie')}. Les CPTS qui les tenaient en tiennent les parties.
      </p>
      <Remarks remarks={result.remarks} />
      <button type="button" class="button" onClick={startOver}>
        Fermer
      </button>
    </div>
  );
}

function Choose({ shared }: { shared: ReadonlySet<string> }) {
  return (
    <label class="field">
      <span>
        Arrondissements municipaux, IRIS ou quartiers, en GeoJSON, avec le code de leur commune
      </span>
      <input
        class="input"
        type="file"
        accept=".geojson,.json,application/geo+json"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void send(file, shared);
        }}
      />
    </label>
  );
}

function Confirm({ now }: { now: Extract<Stage, { name: 'confirm' }> }) {
  const { file, chosen } = now;
  return (
    <div class="fields">
      <p>
        «&nbsp;{file.file}&nbsp;» divise{' '}
        {counted(file.communes.length, 'commune chargée', 'communes chargées')}.
        {file.communes.length > 0 && ' Lesquelles voulez-vous diviser\u00a0?'}
      </p>
      <fieldset class="subdivision-choice">
        <legend>Communes à diviser</legend>
        {file.communes.map(({ code, name, population, parts, divided, withPopulation }) => (
          <label key={code} class="radio">
            <input
              type="checkbox"
              checked={chosen.has(code)}
              disabled={divided}
              onChange={(event) => choose(code, event.currentTarget.checked)}
            />
            <span>
              {name}{' '}
              <span class="quiet">
                {formatCount(population)} hab., {counted(parts, 'partie')}
                {divided && ' — déjà divisée'}
                {!withPopulation && !divided && ' — habitants à répartir selon la surface'}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <Remarks remarks={file.remarks} />
      <div class="button-row">
        <button
          type="button"
          class="button primary"
          disabled={chosen.size === 0 || dividing.value}
          onClick={() => void confirm()}
        >
          Diviser {counted(chosen.size, 'commune')}
        </button>
        <button type="button" class="button" onClick={startOver}>
          Annuler
        </button>
      </div>
    </div>
  );
}

function Remarks({ remarks }: { remarks: { message: string; kind: string }[] }) {
  if (remarks.length === 0) return null;
  return (
    <ul class="remarks">
      {remarks.slice(0, 50).map(({ message, kind }, at) => (
        <li key={at} class={`remark remark-${kind}`}>
          {unbroken(message)}
        </li>
      ))}
    </ul>
  );
}
