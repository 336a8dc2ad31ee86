import { useEffect, useState } from 'preact/hooks';
import type {
  ExtractInspection,
  ExtractMapping,
  SpecialtiesFound,
  SpecialtyFound,
} from '../../../server/contracts/flow-imports.ts';
import type { ApiFailure } from '../api/client.ts';
import { fetchSpecialties } from '../api/flow-imports.ts';
import { counted } from '../french/numbers.ts';
import { FailureNotice } from '../shell/notice.tsx';
import { asFailure } from '../state/resource.ts';

interface Specialties extends SpecialtiesFound {
  failure: ApiFailure | null;
}

/** The names that the columns chosen hold: those of the first lines, then those of the file. */
export function useSpecialties(
  file: ExtractInspection,
  mapping: ExtractMapping | null,
): Specialties {
  const [found, setFound] = useState<Specialties>({
    items: file.specialties,
    complete: false,
    failure: null,
  });
  const key = JSON.stringify(mapping?.wide ?? mapping?.specialty ?? null);
  useEffect(() => {
    if (!mapping) return;
    const abort = new AbortController();
    const { wide, specialty = '' } = mapping;
    fetchSpecialties(file.id, wide ? { wide } : { specialty }, abort.signal).then(
      (answer) => setFound({ ...answer, failure: null }),
      (cause) => {
        if (!abort.signal.aborted) setFound({ ...found, failure: asFailure(cause) });
      },
    );
    return () => abort.abort();
  }, [file.id, key]);
  return found;
}

interface Props {
  specialties: Specialties;
  professions: ExtractInspection['professions'];
  names: Record<string, string>;
  setNames(names: Record<string, string>): void;
}

/** What each specialty of the file is taken for; another name can be chosen or typed. */
export function SpecialtyNames({ specialties, professions, names, setNames }: Props) {
  const { items, complete, failure } = specialties;
  if (failure) return <FailureNotice error={failure} />;
  if (items.length === 0) return null;
  const labels = new Map(professions.map(({ key, label }) => [key, label]));
  const known = new Set([...labels.values()]);
  const isKnown = ({ written, known: asWritten }: SpecialtyFound) => {
    const given = (names[written] ?? '').trim();
    return given === '' ? asWritten : known.has(given);
  };
  const unknown = items.filter((item) => !isKnown(item)).length;
  return (
    <fieldset class="specialties">
      <legend>
        {counted(items.length, 'spécialité')}
        {complete ? '' : ' dans le début du fichier'}
        {unknown > 0 && (
          <span class="amber">
            {' '}
            · {counted(unknown, 'inconnue', 'inconnues')} de Maillage, à renommer ou à garder sous
            ce nom
          </span>
        )}
      </legend>
      <datalist id="known-specialties">
        {professions.map(({ key, label }) => (
          <option key={key} value={label} />
        ))}
      </datalist>
      <ul>
        {items.map((item) => (
          <li key={item.written}>
            <label class="field">
              <span class={isKnown(item) ? '' : 'amber'}>{item.written}</span>
              <input
                class="input"
                list="known-specialties"
                maxLength={120}
                placeholder={labels.get(item.key) ?? item.label}
                value={names[item.written] ?? (item.known ? item.label : '')}
                onInput={(event) =>
                  setNames({ ...names, [item.written]: event.currentTarget.value })
                }
              />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
