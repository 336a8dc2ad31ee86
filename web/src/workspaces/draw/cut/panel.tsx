import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatDecimal, formatInhabitants } from '../../../french/numbers.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import { dividing } from '../../../state/divisions.ts';
import { isPhone } from '../../../state/panels.ts';
import type { Region } from '../../../state/region.ts';
import { followCutOnMap } from './map-line.ts';
import {
  applyCut,
  type Course,
  type Cutting,
  changeCut,
  changeSide,
  cutFailure,
  cutting,
  followCut,
  isSheetLow,
  isUnfinished,
  preview,
  sides,
  stopCut,
  takePointBack,
} from './store.ts';

const courses: Record<Course, string> = {
  'north-south': 'du nord au sud',
  'east-west': 'd’est en ouest',
  'northeast-southwest': 'du nord-est au sud-ouest',
  'northwest-southeast': 'du nord-ouest au sud-est',
};

/** Cuts a unit in two: a line drawn on the map or a straight one, names, inhabitants. */
export function CutPanel({ region }: { region: Region }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The button that began the cut is gone, and the panel may be scrolled far from its place.
    heading.current?.focus();
    const stops = [followCut(), followCutOnMap()];
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) stopCut();
    };
    addEventListener('keydown', onKey);
    return () => {
      for (const stop of stops) stop();
      removeEventListener('keydown', onKey);
      stopCut();
    };
  }, []);
  const now = cutting.value;
  if (!now) return null;
  const name = region.name[region.indexOf.get(now.unit) ?? -1] ?? now.unit;
  const failure = cutFailure.value;
  if (isPhone.value && isSheetLow.value && now.way === 'drawn') {
    return <LineOnPhone name={name} points={now.points.length} heading={heading} />;
  }
  return (
    <section class="card fields cut" aria-label={`Découper ${name}`}>
      <h3 ref={heading} tabIndex={-1}>
        Découper {name}
      </h3>
      <fieldset>
        <legend>Le long de</legend>
        <Way value="drawn" label="une ligne tracée sur la carte" now={now} />
        <Way value="straight" label="une ligne droite" now={now} />
      </fieldset>
      {now.way === 'drawn' ? <Drawn now={now} /> : <Straight now={now} />}
      {failure && isUnfinished(failure) && now.way === 'drawn' && (
        <p class="quiet" role="status">
          {failure.message}
        </p>
      )}
      {failure && !(isUnfinished(failure) && now.way === 'drawn') && (
        <FailureNotice error={failure} />
      )}
      {preview.value && sides.value && <Sides />}
      <div class="button-row">
        <button
          type="button"
          class="button primary"
          disabled={!isReady() || dividing.value}
          onClick={() => void applyCut()}
        >
          {dividing.value ? 'Découpe…' : 'Découper'}
        </button>
        <button type="button" class="button" disabled={dividing.value} onClick={stopCut}>
          Annuler
        </button>
      </div>
    </section>
  );
}

interface LineProps {
  name: string;
  points: number;
  heading: RefObject<HTMLHeadingElement | null>;
}

/** All that a sheet says while fingers put the points of the line on the map above it. */
function LineOnPhone({ name, points, heading }: LineProps) {
  const failure = cutFailure.value;
  return (
    <section class="card fields cut cut-line-low" aria-label={`Découper ${name}`}>
      <h3 ref={heading} tabIndex={-1}>
        Découper {name}
      </h3>
      {failure && !isUnfinished(failure) ? (
        <FailureNotice error={failure} />
      ) : (
        <p class="quiet" role="status">
          {preview.value
            ? 'La ligne traverse la commune\u00a0: continuez pour nommer les deux secteurs.'
            : (failure?.message ??
              'Touchez la carte, point après point, d’un bord à l’autre\u00a0: commencez et finissez hors de la commune.')}
        </p>
      )}
      <div class="button-row">
        <button
          type="button"
          class="button small primary"
          disabled={!preview.value}
          onClick={() => {
            isSheetLow.value = false;
          }}
        >
          Continuer
        </button>
        <button type="button" class="button small" disabled={points === 0} onClick={takePointBack}>
          Retirer le point
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => {
            isSheetLow.value = false;
            changeCut({ way: 'straight' });
          }}
        >
          Couper tout droit
        </button>
        <button type="button" class="button small" onClick={stopCut}>
          Annuler
        </button>
      </div>
    </section>
  );
}

const isReady = () =>
  preview.value !== null && sides.value?.every(({ name }) => name.trim() !== '') === true;

function Way({ value, label, now }: { value: Cutting['way']; label: string; now: Cutting }) {
  return (
    <label class="radio">
      <input
        type="radio"
        name="cut-way"
        checked={now.way === value}
        onChange={() => {
          changeCut({ way: value });
          isSheetLow.value = isPhone.peek() && value === 'drawn';
        }}
      />
      {label}
    </label>
  );
}

function Drawn({ now }: { now: Cutting }) {
  const count = now.points.length;
  return (
    <>
      <p class="quiet">
        Cliquez sur la carte, point après point, d’un bord à l’autre&nbsp;: commencez et finissez
        hors de la commune.
      </p>
      <div class="button-row">
        <button type="button" class="button small" disabled={count === 0} onClick={takePointBack}>
          Retirer le dernier point
        </button>
        <button
          type="button"
          class="button small"
          disabled={count === 0}
          onClick={() => changeCut({ points: [] })}
        >
          Recommencer
        </button>
        {isPhone.value && (
          <button
            type="button"
            class="button small"
            onClick={() => {
              isSheetLow.value = true;
            }}
          >
            Reprendre sur la carte
          </button>
        )}
      </div>
    </>
  );
}

function Straight({ now }: { now: Cutting }) {
  return (
    <>
      <label class="field">
        <span>Direction</span>
        <select
          class="input"
          value={now.course}
          onChange={(event) => changeCut({ course: event.currentTarget.value as Course })}
        >
          {Object.entries(courses).map(([course, label]) => (
            <option key={course} value={course}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Position</span>
        <input
          type="range"
          min={5}
          max={95}
          step={1}
          value={Math.round(now.at * 100)}
          aria-valuetext={`${Math.round(now.at * 100)} % de la traversée`}
          onInput={(event) => changeCut({ at: Number(event.currentTarget.value) / 100 })}
        />
      </label>
    </>
  );
}

/** The two sides: what they are called, and how many people live there; the sum is kept. */
function Sides() {
  const found = preview.value!;
  return (
    <>
      {([0, 1] as const).map((side) => {
        const { areaKm2, population } = found.sectors[side]!;
        const told = sides.value![side];
        return (
          <fieldset key={side} class="cut-side">
            <legend>
              <span class={`cut-swatch side-${side}`} aria-hidden="true" />
              Secteur {side + 1}
              <span class="quiet"> · {formatDecimal(areaKm2)} km²</span>
            </legend>
            <label class="field">
              <span>Nom</span>
              <input
                class="input"
                type="text"
                maxLength={120}
                value={told.name}
                onInput={(event) => changeSide(side, { name: event.currentTarget.value })}
              />
            </label>
            <label class="field">
              <span>Habitants</span>
              <input
                class="input"
                type="number"
                min={0}
                max={found.population}
                step={1}
                value={told.population ?? population}
                onInput={(event) => {
                  const typed = event.currentTarget.valueAsNumber;
                  const whole = Math.round(Math.min(found.population, Math.max(0, typed)));
                  changeSide(side, { population: Number.isFinite(typed) ? whole : null });
                }}
              />
            </label>
          </fieldset>
        );
      })}
      <p class="quiet" role="status">
        {sides.value![0].population === null
          ? `Les ${formatInhabitants(found.population)} sont répartis selon la surface\u00a0; corrigez-les si vous les connaissez.`
          : `La somme reste de ${formatInhabitants(found.population)}`}{' '}
        Les CPTS qui tiennent {found.name} tiendront les deux secteurs.
      </p>
    </>
  );
}
