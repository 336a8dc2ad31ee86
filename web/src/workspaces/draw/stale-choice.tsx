import { useState } from 'preact/hooks';
import type { ApiFailure } from '../../api/client.ts';
import { counted, formatDate } from '../../french/numbers.ts';
import { FailureNotice } from '../../shell/notice.tsx';
import { creating } from '../../state/cpts.ts';
import { fork, keepMine, keepTheirs, type stale } from '../../state/drawing/save.ts';
import { type Region, unitsOf } from '../../state/region.ts';
import { asFailure } from '../../state/resource.ts';

interface Props {
  region: Region;
  asked: NonNullable<typeof stale.value>;
  name: string;
}

/** Someone saved meanwhile: what they changed, and the three ways on. Nothing is lost by any. */
export function StaleChoice({ region, asked, name }: Props) {
  const [error, setError] = useState<ApiFailure | null>(null);
  const act = (work: () => void | Promise<void>) => async () => {
    setError(null);
    try {
      await work();
    } catch (cause) {
      setError(asFailure(cause));
    }
  };
  const next = asked.version + 1;
  return (
    <section class="stale" role="alert" aria-label="Une autre version a été enregistrée">
      <h3>La version {asked.version} a été enregistrée entre-temps</h3>
      <p>
        Par {asked.author}, {formatDate(asked.at)}&nbsp;:{' '}
        <Named region={region} codes={asked.added} /> en plus,{' '}
        <Named region={region} codes={asked.removed} /> en moins.
      </p>
      <div class="stale-ways">
        <button type="button" class="button" onClick={act(() => keepMine(region))}>
          Garder la mienne
        </button>
        <span class="quiet">elle devient la version {next}</span>
        <button type="button" class="button" onClick={act(() => keepTheirs(region))}>
          Garder la leur
        </button>
        <span class="quiet">la mienne reste derrière «&nbsp;Annuler&nbsp;»</span>
        <button
          type="button"
          class="button"
          disabled={creating.value}
          onClick={act(() => fork(region, `${name} (variante)`))}
        >
          En faire une autre
        </button>
        <span class="quiet">une CPTS «&nbsp;{name} (variante)&nbsp;», à part</span>
      </div>
      {error && <FailureNotice error={error} />}
    </section>
  );
}

function Named({ region, codes }: { region: Region; codes: readonly string[] }) {
  const names = unitsOf(region, codes).map((unit) => region.name[unit]);
  if (names.length === 0) return <>{counted(codes.length, 'commune')}</>;
  const shown = names.slice(0, 4).join(', ');
  return (
    <>
      {counted(codes.length, 'commune')} ({shown}
      {names.length > 4 ? '…' : ''})
    </>
  );
}
