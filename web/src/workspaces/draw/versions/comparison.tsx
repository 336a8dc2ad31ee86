import type { Cpts } from '../../../../../server/contracts/cpts.ts';
import type { VersionComparison } from '../../../../../server/contracts/cpts-versions.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { frame } from '../../../map/frame.ts';
import { Loaded } from '../../../shell/notice.tsx';
import { boundsOf, type Region, unitsOf } from '../../../state/region.ts';
import {
  type ComparedVersions,
  comparedVersions,
  compareVersions,
  leaveVersions,
} from '../../../state/versions.ts';
import { FiguresBeforeAfter } from './figures.tsx';

interface Props {
  region: Region;
  cpts: Cpts;
  /** numbers of its versions, the latest first */
  numbers: readonly number[];
}

/** Chooses two versions, and tells what leads from the one to the other. */
export function VersionsComparison({ region, cpts, numbers }: Props) {
  const state = comparedVersions.state.value;
  function open(before: number, after: number) {
    compareVersions(cpts.id, before, after);
    frame.bounds(boundsOf(region, unitsOf(region, cpts.units)));
  }
  if (state.status === 'idle') {
    const [after = 1, before = 1] = numbers;
    return (
      <button type="button" class="button" onClick={() => open(before, after)}>
        Comparer deux versions
      </button>
    );
  }
  return (
    <section class="versions-compared" aria-label="Comparaison de deux versions">
      <Loaded state={state} what="Comparaison" retry={leaveVersions}>
        {(compared) => (
          <>
            <Choice cpts={cpts.id} numbers={numbers} compared={compared} />
            <FiguresBeforeAfter {...compared.told} />
            <Changed region={region} told={compared.told} />
          </>
        )}
      </Loaded>
      <button type="button" class="button" onClick={leaveVersions}>
        Quitter la comparaison
      </button>
    </section>
  );
}

interface ChoiceProps {
  cpts: number;
  numbers: readonly number[];
  compared: ComparedVersions;
}

function Choice({ cpts, numbers, compared }: ChoiceProps) {
  const { before, after } = compared.told;
  const side = (label: string, value: number, choose: (number: number) => void) => (
    <label class="field">
      <span>{label}</span>
      <select
        class="input"
        value={value}
        onChange={(event) => choose(Number(event.currentTarget.value))}
      >
        {numbers.map((number) => (
          <option key={number} value={number}>
            version {number}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="field-row">
      {side('De', before.number, (number) => compareVersions(cpts, number, after.number))}
      {side('À', after.number, (number) => compareVersions(cpts, before.number, number))}
    </div>
  );
}

/** What comes and what goes, commune by commune. */
export function Changed({ region, told }: { region: Region; told: VersionComparison }) {
  if (told.added.length + told.removed.length === 0) {
    return <p class="quiet">Les deux versions tiennent les mêmes communes.</p>;
  }
  return (
    <>
      <Units region={region} units={told.added} sign="+" how="ajoutée" />
      <Units region={region} units={told.removed} sign="−" how="retirée" />
    </>
  );
}

interface UnitsProps {
  region: Region;
  units: VersionComparison['added'];
  sign: string;
  how: string;
}

/** Each of them shows where it is. */
function Units({ region, units, sign, how }: UnitsProps) {
  if (units.length === 0) return null;
  return (
    <section>
      <h4>
        <span aria-hidden="true">{sign} </span>
        {counted(units.length, `commune ${how}`, `communes ${how}s`)}
      </h4>
      <ul class="unit-list versions-units">
        {units.map(({ code, name, population }) => (
          <li key={code}>
            <button
              type="button"
              class="link"
              onClick={() => {
                const unit = region.indexOf.get(code);
                if (unit !== undefined) frame.point(region.lon[unit]!, region.lat[unit]!);
              }}
            >
              {name}
            </button>
            <span class="figure">{formatInhabitants(population)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
