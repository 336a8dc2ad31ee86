import { counted } from '../../../french/numbers.ts';
import { wish, wishes } from '../../../state/proposal-wishes.ts';
import { departmentsOf, type Region } from '../../../state/region.ts';
import { Steps } from './steps.tsx';

/** Which communes are divided. */
export function Scope({ region }: { region: Region }) {
  const { scope } = wishes.value;
  const choices = [
    { kind: 'all', label: 'Toute la région' },
    { kind: 'departments', label: 'Des départements' },
    { kind: 'uncovered', label: 'Ce qui n’est dans aucune CPTS reconnue' },
  ] as const;
  return (
    <fieldset class="fields">
      <legend>Périmètre</legend>
      {choices.map(({ kind, label }) => (
        <label key={kind} class="radio">
          <input
            type="radio"
            name="scope"
            checked={scope.kind === kind}
            onChange={() =>
              wish({ scope: kind === 'departments' ? { kind, codes: [] } : { kind } })
            }
          />
          {label}
        </label>
      ))}
      {scope.kind === 'departments' && <Departments region={region} codes={scope.codes} />}
      <p class="quiet">Les communes hors du périmètre ne sont dans aucun territoire.</p>
    </fieldset>
  );
}

function Departments({ region, codes }: { region: Region; codes: string[] }) {
  const set = (code: string, checked: boolean) =>
    wish({
      scope: {
        kind: 'departments',
        codes: checked ? [...codes, code].sort() : codes.filter((each) => each !== code),
      },
    });
  return (
    <fieldset class="checks" aria-label="Départements du périmètre">
      {departmentsOf(region).map(({ code, seat, communes }) => (
        <label key={code} class="radio">
          <input
            type="checkbox"
            checked={codes.includes(code)}
            onChange={(event) => set(code, event.currentTarget.checked)}
          />
          <span>
            {code}{' '}
            <span class="quiet">
              {region.name[seat]}, {counted(communes, 'commune')}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const walls = [
  { value: 'none', label: 'Aucun' },
  { value: 'department', label: 'Départements' },
  { value: 'region', label: 'Régions' },
] as const;

/** Limits that no territory crosses. */
export function Walls() {
  return (
    <Steps
      label="Murs"
      hint="Aucun territoire ne franchit ces limites."
      options={walls}
      value={wishes.value.walls}
      set={(chosen) => wish({ walls: chosen })}
    />
  );
}
