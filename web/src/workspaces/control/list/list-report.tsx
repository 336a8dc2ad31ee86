import type { CptsListReport, ListConflict } from '../../../../../server/contracts/cpts-lists.ts';
import type { ApiFailure } from '../../../api/client.ts';
import { statusLabels } from '../../../french/labels.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { unbroken } from '../../../french/unbroken.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import type { Region } from '../../../state/region.ts';
import { type Decisions, decidedList, undecided } from './decisions.ts';
import {
  decideOn,
  decisions,
  forgetList,
  importDecided,
  importFailure,
  importing,
  takeFrom,
} from './list-reading.ts';
import { isByArea, type Outlines } from './outlines.ts';
import { RowsToDecide } from './rows-to-decide.tsx';
import { StepOfList } from './step-of-list.tsx';

interface Props {
  report: CptsListReport;
  decided: Decisions;
}

interface Whence {
  region: Region;
  /** null: from a list */
  outlines: Outlines | null;
}

/** What was read of a list, what is left to decide, and the button that imports it. */
export function ListReport({ region, report, outlines, decided }: Props & Whence) {
  const { file, rows, cpts, outside, conflicts, remarks } = report;
  const left = undecided(report, decided).length;
  const ready = decidedList(report, decided).length;
  const empty = decided.taken.size - ready;
  return (
    <>
      <p>
        <strong>{file}</strong>&nbsp;: {counted(cpts.length, 'CPTS', 'CPTS')},{' '}
        {outlines ? counted(rows, 'contour') : counted(rows, 'ligne')}.
      </p>
      {remarks.length > 0 && (
        <ul class="notice notice-amber list-lines">
          {remarks.map((remark) => (
            <li key={remark}>{unbroken(remark)}</li>
          ))}
        </ul>
      )}
      {outlines && isByArea(outlines) && <FromShare region={region} from={outlines.from} />}
      <RowsToDecide report={report} decided={decided} />
      {outside.length > 0 && (
        <details>
          <summary>
            {counted(outside.length, 'ligne hors', 'lignes hors')} de la région chargée, laissées de
            côté
          </summary>
          <ul class="list-lines">
            {outside.map(({ line, cpts: at, text }) => (
              <li key={line}>
                Ligne {line}&nbsp;: {text} ({cpts[at]!.name})
              </li>
            ))}
          </ul>
        </details>
      )}
      <CptsToTake report={report} decided={decided} />
      <Conflicts
        conflicts={conflicts}
        lead="Communes tenues deux fois : si les deux CPTS sont reconnues, l’import sera refusé."
      />
      <StepOfList report={report} decided={decided} />
      {importFailure.value && <ImportRefused error={importFailure.value} />}
      {left > 0 && <p role="status">{counted(left, 'ligne reste', 'lignes restent')} à décider.</p>}
      {empty > 0 && left === 0 && (
        <p class="quiet">{counted(empty, 'CPTS', 'CPTS')} sans commune, laissées de côté.</p>
      )}
      <p class="button-row">
        <button
          type="button"
          class="button primary"
          disabled={left > 0 || ready === 0 || importing.value}
          aria-busy={importing.value}
          onClick={() => void importDecided()}
        >
          {importing.value ? 'Import…' : `Importer ${counted(ready, 'CPTS', 'CPTS')}`}
        </button>
        <button type="button" class="button" disabled={importing.value} onClick={forgetList}>
          Autre fichier
        </button>
      </p>
    </>
  );
}

/** From which share of its area in an outline a commune is taken. */
function FromShare({ region, from }: { region: Region; from: number }) {
  const percent = Math.round(from * 100);
  return (
    <label class="field">
      <span>Communes dont au moins {percent}&#8239;% de la surface est dans le contour</span>
      <input
        type="range"
        min={1}
        max={100}
        step={1}
        value={percent}
        aria-valuetext={`${percent} %`}
        onInput={({ currentTarget }) => takeFrom(region, Number(currentTarget.value) / 100)}
      />
    </label>
  );
}

function CptsToTake({ report: { cpts }, decided }: Props) {
  const { taken } = decided;
  const toggle = (k: number) => {
    // Two quick clicks come before the next drawing.
    const next = new Set((decisions.peek() ?? decided).taken);
    if (!next.delete(k)) next.add(k);
    decideOn({ taken: next });
  };
  return (
    <fieldset class="list-lines">
      <legend>CPTS à importer</legend>
      {cpts.map(({ name, units, status, existing }, k) => (
        <label class="radio" key={name}>
          <input
            type="checkbox"
            checked={taken.has(k)}
            disabled={status === 'closed'}
            onChange={() => toggle(k)}
          />
          <span>
            {name}{' '}
            <span class="quiet">
              {counted(units.length, 'commune')}
              {status && `, ${statusLabels[status].toLowerCase()}`}
              {existing && ', déjà là'}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Conflicts({ conflicts, lead }: { conflicts: readonly ListConflict[]; lead: string }) {
  if (conflicts.length === 0) return null;
  return (
    <div class="notice notice-amber">
      <p>{lead}</p>
      <ul class="list-lines">
        {conflicts.map(({ wanted, cpts, units, population }) => (
          <li key={`${wanted} ${cpts.id} ${cpts.name}`}>
            <strong>{wanted}</strong> et <strong>{cpts.name}</strong>{' '}
            {cpts.id === null ? '(de la liste)' : '(déjà reconnue)'}&nbsp;:{' '}
            {units
              .slice(0, 5)
              .map(({ name }) => name)
              .join(', ')}
            {units.length > 5 && ` et ${counted(units.length - 5, 'autre')}`},{' '}
            {formatInhabitants(population)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Why nothing was imported: for a conflict, which CPTS and which communes. */
function ImportRefused({ error }: { error: ApiFailure }) {
  const inTheWay =
    error.code === 'territory_conflict' && Array.isArray(error.details)
      ? (error.details as ListConflict[]).filter(({ wanted }) => wanted !== undefined)
      : [];
  return (
    <>
      <FailureNotice error={error} />
      <Conflicts conflicts={inTheWay} lead="Ce qui s’y oppose :" />
    </>
  );
}
