import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { CommuneCombobox } from '../../../shell/commune-combobox.tsx';
import { wish, wishes } from '../../../state/proposal-wishes.ts';
import { nameOf as nameInRegion, type Region } from '../../../state/region.ts';

/** What the proposal takes whole. */
export function KeptWhole() {
  const { wholeEpci, keepCpts } = wishes.value;
  return (
    <fieldset class="fields">
      <legend>Gardé entier</legend>
      <Check
        label="Intercommunalités entières"
        hint="Aucune n’est coupée, sauf au-dessus du plafond ou en plusieurs morceaux."
        checked={wholeEpci}
        set={(checked) => wish({ wholeEpci: checked })}
      />
      <Check
        label="CPTS reconnues tenues fixes"
        hint={'Chacune est un territoire tel qu’il est\u00a0; le reste se découpe autour.'}
        checked={keepCpts}
        set={(checked) => wish({ keepCpts: checked })}
      />
    </fieldset>
  );
}

interface CheckProps {
  label: string;
  hint: string;
  checked: boolean;
  set(checked: boolean): void;
}

function Check({ label, hint, checked, set }: CheckProps) {
  return (
    <label class="radio">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => set(event.currentTarget.checked)}
      />
      <span>
        {label}
        <small class="quiet">{hint}</small>
      </span>
    </label>
  );
}

/** Communes that end in one territory, and those that end in two. */
export function Pairs({ region }: { region: Region }) {
  const { together, apart } = wishes.value;
  return (
    <>
      <PairList
        region={region}
        legend="Ensemble"
        hint="Ces communes finissent dans un même territoire."
        pairs={together}
        add={(a, b) => wish({ together: [...together, [a, b]] })}
        remove={(at) => wish({ together: together.filter((_, index) => index !== at) })}
      />
      <PairList
        region={region}
        legend="Séparées"
        hint="Ces communes finissent dans deux territoires."
        pairs={apart}
        add={(a, b) => wish({ apart: [...apart, [a, b]] })}
        remove={(at) => wish({ apart: apart.filter((_, index) => index !== at) })}
      />
    </>
  );
}

interface PairProps {
  region: Region;
  legend: string;
  hint: string;
  pairs: string[][];
  add(a: string, b: string): void;
  remove(at: number): void;
}

function PairList({ region, legend, hint, pairs, add, remove }: PairProps) {
  const [first, setFirst] = useState<number | null>(null);
  const [text, setText] = useState('');
  const list = useRef<HTMLFieldSetElement>(null);
  /** where a button that went had the keyboard */
  const left = useRef<number | null>(null);
  const nameOf = (code: string) => nameInRegion(region, code) ?? code;
  const firstName = first === null ? '' : region.name[first]!;

  function choose(unit: number) {
    setText('');
    if (first === null) setFirst(unit);
    else if (unit !== first) {
      add(region.code[first]!, region.code[unit]!);
      setFirst(null);
    }
  }

  useLayoutEffect(() => {
    if (left.current === null) return;
    const buttons = list.current?.querySelectorAll<HTMLElement>('.pairs button') ?? [];
    const next = buttons[Math.min(left.current, buttons.length - 1)];
    (next ?? list.current?.querySelector('input'))?.focus();
    left.current = null;
  });

  return (
    <fieldset class="fields" ref={list}>
      <legend>{legend}</legend>
      <p class="quiet">{hint}</p>
      {pairs.length > 0 && (
        <ul class="pairs">
          {pairs.map((codes, at) => (
            <li key={codes.join()}>
              <span>{codes.map(nameOf).join(' · ')}</span>
              <button
                type="button"
                class="button small"
                aria-label={`Retirer ${codes.map(nameOf).join(' et ')}`}
                onClick={() => {
                  left.current = at;
                  remove(at);
                }}
              >
                Retirer
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="search-in-form">
        <CommuneCombobox
          region={region}
          label={
            first === null
              ? `${legend}\u00a0: première commune`
              : `${legend}\u00a0: commune à joindre à ${firstName}`
          }
          placeholder={first === null ? 'Première commune' : `${firstName} et…`}
          text={text}
          setText={setText}
          choose={choose}
        />
      </div>
      {first !== null && (
        <button
          type="button"
          class="button small"
          onClick={() => {
            setFirst(null);
            list.current?.querySelector('input')?.focus();
          }}
        >
          Laisser {firstName}
        </button>
      )}
    </fieldset>
  );
}
