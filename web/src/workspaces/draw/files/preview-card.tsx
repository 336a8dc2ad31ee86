import { useEffect, useId, useRef } from 'preact/hooks';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { draftUnits } from '../../../state/draft.ts';
import { populationOf, type Region } from '../../../state/region.ts';
import { applyPreview, candidate, leavePreview, previewed, threshold } from './preview.ts';

/** What is hatched on the map, and the gesture that takes it. */
export function PreviewCard({ region }: { region: Region }) {
  const shown = candidate.value;
  const units = previewed.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    if (!shown) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView?.({ block: 'nearest' });
  }, [shown]);
  if (!shown || !units) return null;
  const draft = draftUnits.value;
  const added = [...units].filter((unit) => !draft.has(unit));
  const below = shown.shares.size - units.size;
  return (
    <section class="card preview" aria-labelledby={id}>
      <h3 id={id} ref={heading} tabIndex={-1}>
        Aperçu&nbsp;: {shown.source}
      </h3>
      <p>
        <span class="preview-sign" aria-hidden="true" />{' '}
        <strong>{counted(added.length, 'commune')}</strong> à ajouter,{' '}
        {formatInhabitants(populationOf(region, added))}
        {units.size > added.length &&
          `\u00a0; ${counted(units.size - added.length, 'y est déjà', 'y sont déjà')}`}
      </p>
      {shown.byArea && <ShareSlider below={below} />}
      <p class="button-row">
        <button
          type="button"
          class="button primary"
          disabled={added.length === 0}
          onClick={() => applyPreview('add')}
        >
          Ajouter au dessin
        </button>
        {draft.size > 0 && (
          <button
            type="button"
            class="button"
            disabled={units.size === 0}
            onClick={() => applyPreview('replace')}
          >
            Remplacer le dessin
          </button>
        )}
        <button type="button" class="button" onClick={leavePreview}>
          Abandonner
        </button>
      </p>
    </section>
  );
}

/** From which share of its area a commune is taken. */
function ShareSlider({ below }: { below: number }) {
  const percent = Math.round(threshold.value * 100);
  return (
    <label class="field">
      <span>
        Communes dont au moins {percent}&#8239;% de la surface est dans le contour
        {below > 0 && ` (${counted(below, 'autre laissée', 'autres laissées')})`}
      </span>
      <input
        type="range"
        min={1}
        max={100}
        step={1}
        value={percent}
        aria-valuetext={`${percent} %`}
        onInput={(event) => {
          threshold.value = Number(event.currentTarget.value) / 100;
        }}
      />
    </label>
  );
}
