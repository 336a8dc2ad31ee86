import { useState } from 'preact/hooks';
import type { ApiFailure } from '../../../api/client.ts';
import { mergeUnits, removeDivision } from '../../../api/divisions.ts';
import { counted } from '../../../french/numbers.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import { announce } from '../../../state/announce.ts';
import { divide, dividing } from '../../../state/divisions.ts';
import { can } from '../../../state/people.ts';
import type { Region } from '../../../state/region.ts';
import { asFailure } from '../../../state/resource.ts';
import { startCut } from './store.ts';

interface Props {
  region: Region;
  unit: number;
}

/** What may be done with the selected unit: cut it; of a part, merge it back. */
export function UnitParts({ region, unit }: Props) {
  const whole = region.wholeOf.get(unit);
  if (!can('analyse')) return null;
  return (
    <>
      <div class="button-row">
        <button type="button" class="button" onClick={() => startCut(region.code[unit]!)}>
          Découper…
        </button>
      </div>
      {whole && <Merge key={region.code[unit]} region={region} unit={unit} />}
    </>
  );
}

function Merge({ region, unit }: Props) {
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [other, setOther] = useState('');
  const whole = region.wholeOf.get(unit)!;
  const code = region.code[unit]!;
  const others = (region.parts.get(whole.code) ?? []).filter((part) => part !== unit);

  async function act(work: Parameters<typeof divide>[0], said: string) {
    setFailure(null);
    try {
      if (await divide(work)) announce(said);
    } catch (cause) {
      setFailure(asFailure(cause));
    }
  }

  return (
    <>
      <p class="quiet">
        {whole.name} est en {counted(others.length + 1, 'partie')}. {whole.source}
        {whole.byArea ? '\u00a0; habitants répartis selon la surface.' : '.'}
      </p>
      {others.length > 1 && (
        <form
          class="merge-row"
          onSubmit={(event) => {
            event.preventDefault();
            const joined = region.name[region.indexOf.get(other) ?? -1];
            void act(
              () => mergeUnits({ units: [code, other], name: region.name[unit]! }),
              `${joined} réunie à ${region.name[unit]}.`,
            );
          }}
        >
          <label class="field">
            <span>Réunir avec</span>
            <select
              class="input"
              value={other}
              onChange={(event) => setOther(event.currentTarget.value)}
            >
              <option value="">choisir une partie…</option>
              {others.map((part) => (
                <option key={region.code[part]} value={region.code[part]}>
                  {region.name[part]}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="button" disabled={other === '' || dividing.value}>
            Réunir
          </button>
        </form>
      )}
      <button
        type="button"
        class="button"
        disabled={dividing.value}
        onClick={() =>
          void act(() => removeDivision(whole.code), `${whole.name} est de nouveau entière.`)
        }
      >
        {dividing.value ? 'Réunion…' : `Rendre ${whole.name} entière`}
      </button>
      {failure && <FailureNotice error={failure} />}
    </>
  );
}
