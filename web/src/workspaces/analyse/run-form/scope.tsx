import { counted } from '../../../french/numbers.ts';
import { departmentLabel } from '../../../state/place-names.ts';
import { scopeTried, wish, wishes } from '../../../state/proposal-wishes.ts';
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
            onChange={() => {
              scopeTried.value = false;
              wish({ scope: kind === 'departments' ? { kind, codes: [] } : { kind } });
            }}
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
  function set(code: string, checked: boolean) {
    if (!checked) scopeTried.value = true;
    wish({
      scope: {
        kind: 'departments',
        codes: checked ? [...codes, code].sort() : codes.filter((each) => each !== code),
      },
    });
  }
  return (
    <fieldset class="checks" aria-label="Départements du périmètre">
      {departmentsOf(region).map(({ code, communes }) => (
        <label key={code} class="radio">
          <input
            type="checkbox"
            checked={codes.includes(code)}
            onChange={(event) => set(code, event.currentTarget.checked)}
          />
          <span>
            {departmentLabel(code)} <span class="quiet">{counted(communes, 'commune')}</span>
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

const wallHints = {
  none: 'Un territoire peut s’étendre sur plusieurs départements.',
  department: 'Aucun territoire ne franchit une limite de département.',
  region: 'Aucun territoire ne franchit une limite de région.',
};

/** Limits that no territory crosses. */
export function Walls() {
  return (
    <Steps
      label="Murs"
      hint={wallHints[wishes.value.walls]}
      options={walls}
      value={wishes.value.walls}
      set={(chosen) => wish({ walls: chosen })}
    />
  );
}
