import { useMemo, useState } from 'preact/hooks';
import type { ExtractInspection } from '../../../server/contracts/flow-imports.ts';
import { region } from '../state/analysis.ts';
import { run, startOver } from './import-store.ts';
import { isWide, mappingOf, rolesOf } from './roles.ts';
import { blanksRemark } from './sample-blanks.ts';
import { codesRemark } from './sample-codes.ts';
import { SampleTable } from './sample-table.tsx';
import { SpecialtyNames, useSpecialties } from './specialty-names.tsx';

const separators: Record<string, string> = {
  ',': 'virgule',
  ';': 'point-virgule',
  '\t': 'tabulation',
  '|': 'barre verticale',
};
const encodings: Record<string, string> = { 'utf-8': 'UTF-8', 'windows-1252': 'Latin-1' };

/** What the file was taken for, to be confirmed or put right. */
export function ConfirmColumns({ file }: { file: ExtractInspection }) {
  const [roles, setRoles] = useState(() => rolesOf(file.columns, file.mapping));
  const [names, setNames] = useState<Record<string, string>>({});
  const [name, setName] = useState(() => nameFrom(file.file));
  const [year, setYear] = useState(() => yearFrom(file.file));
  const [busy, setBusy] = useState(false);
  const chosen = useMemo(() => mappingOf(file.columns, roles), [file, roles]);
  const mapping = 'mapping' in chosen ? chosen.mapping : null;
  const specialties = useSpecialties(file, mapping);
  // Many columns do not fit the window: one left aside must not be so out of sight.
  const ignored = file.columns.filter((_, at) => roles[at] === 'ignored');
  const known = region.value?.indexOf;
  const remark = known ? codesRemark(known, file.columns, file.sample, roles) : null;
  const blanks = blanksRemark(file.sample, roles);
  const blankName = name.trim() === '';

  async function submit(event: Event) {
    event.preventDefault();
    if (!mapping || blankName || busy) return;
    setBusy(true);
    const renamed = Object.fromEntries(Object.entries(names).filter(([, to]) => to.trim() !== ''));
    await run(file.id, {
      mapping: { ...mapping, ...(Object.keys(renamed).length > 0 ? { names: renamed } : {}) },
      name: name.trim(),
      year: year === '' ? null : Number(year),
      rejected: 'refuse',
    });
    setBusy(false);
  }

  return (
    <form class="import-form" onSubmit={submit}>
      <p>
        «&nbsp;{file.file}&nbsp;»{' '}
        <span class="quiet">
          · séparateur&nbsp;: {separators[file.separator] ?? file.separator} · encodage&nbsp;:{' '}
          {encodings[file.encoding] ?? file.encoding}
        </span>
      </p>
      {file.imported && (
        <p class="notice notice-amber">
          Ce fichier a déjà été importé&nbsp;: c’est le jeu de flux nᵒ&nbsp;{file.imported.id},
          «&nbsp;
          {file.imported.name}&nbsp;». Choisissez-le dans la liste, ou supprimez-le avant d’importer
          de nouveau.
        </p>
      )}
      <SampleTable file={file} roles={roles} setRoles={setRoles} />
      {'problem' in chosen && (
        <p class="field-error" role="alert">
          {chosen.problem}
        </p>
      )}
      {remark && <p class="notice notice-amber">{remark}</p>}
      {blanks && <p class="notice">{blanks}</p>}
      {mapping && ignored.length > 0 && (
        <p class="quiet">
          {ignored.length > 1 ? 'Colonnes ignorées' : 'Colonne ignorée'}&nbsp;: {ignored.join(', ')}
          .
          {isWide(roles) &&
            ' Pour en compter une, choisissez «\u00a0patients de…\u00a0» au-dessus d’elle.'}
        </p>
      )}
      <SpecialtyNames
        specialties={specialties}
        professions={file.professions}
        names={names}
        setNames={setNames}
      />
      <div class="import-name">
        <label class="field">
          <span>Nom du jeu de flux</span>
          <input
            class="input"
            required
            maxLength={120}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>Année des soins</span>
          <input
            class="input figure"
            type="number"
            inputMode="numeric"
            min={1990}
            max={2100}
            step={1}
            value={year}
            onInput={(event) => setYear(event.currentTarget.value)}
          />
        </label>
      </div>
      <p class="button-row import-actions">
        <button
          type="submit"
          class="button primary"
          disabled={!mapping || blankName || busy || file.imported !== null}
        >
          {busy ? 'Lancement…' : 'Importer'}
        </button>
        <button type="button" class="button" onClick={startOver}>
          Choisir un autre fichier
        </button>
      </p>
    </form>
  );
}

/** `flux_2023.csv.gz` → `flux_2023`. */
function nameFrom(file: string): string {
  return file.replace(/(\.(csv|txt|tsv|gz))+$/i, '').slice(0, 120) || file;
}

/** The year that a file name holds, or nothing. */
function yearFrom(file: string): string {
  return /(?<!\d)(?:19[89]\d|20\d\d)(?!\d)/.exec(file)?.[0] ?? '';
}
