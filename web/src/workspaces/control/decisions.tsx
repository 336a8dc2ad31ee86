import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Cpts } from '../../../../server/contracts/cpts.ts';
import { counted, formatInhabitants } from '../../french/numbers.ts';
import { close, deciding, recognise, type sharedWith } from '../../state/cpts.ts';

interface RecogniseProps {
  cpts: Cpts;
  shared: ReturnType<typeof sharedWith>;
  onDone(): void;
}

/** What a recognition changes, for whom, before the button. */
export function RecogniseDecision({ cpts, shared, onDone }: RecogniseProps) {
  const held = shared.filter((other) => other.cpts.recognised);
  const drafts = shared.filter((other) => !other.cpts.recognised);
  return (
    <section class="card decision" aria-label="Reconnaître la CPTS">
      <Question>Reconnaître «&nbsp;{cpts.name}&nbsp;»&nbsp;?</Question>
      <ul>
        <li>
          {counted(cpts.units.length, 'commune')} et {formatInhabitants(cpts.population)} lui
          reviennent&nbsp;: aucune autre CPTS ne pourra être reconnue sur elles.
        </li>
        <li>Son étape devient «&nbsp;Territoire accepté&nbsp;».</li>
        {drafts.map((other) => (
          <li key={other.cpts.id}>
            «&nbsp;{other.cpts.name}&nbsp;», pas encore reconnue, devra céder{' '}
            {counted(other.units.length, 'commune')} ({formatInhabitants(other.population)}) pour
            l’être.
          </li>
        ))}
        {held.map((other) => (
          <li key={other.cpts.id} class="conflict-text">
            ⚠ «&nbsp;{other.cpts.name}&nbsp;» est reconnue et tient déjà{' '}
            {counted(other.units.length, 'de ces communes', 'de ces communes')} (
            {formatInhabitants(other.population)})&nbsp;: la reconnaissance sera refusée.
          </li>
        ))}
        {!cpts.inBand && (
          <li>⚠ Sa population sort de la fourchette&nbsp;: une orientation, pas une obligation.</li>
        )}
      </ul>
      <DecisionButtons
        confirm="Confirmer la reconnaissance"
        cpts={cpts}
        act={recognise}
        onDone={onDone}
      />
    </section>
  );
}

export function CloseDecision({ cpts, onDone }: { cpts: Cpts; onDone(): void }) {
  return (
    <section class="card decision" aria-label="Clore la CPTS">
      <Question>Clore «&nbsp;{cpts.name}&nbsp;»&nbsp;?</Question>
      <ul>
        <li>
          {cpts.units.length === 1
            ? 'Sa commune redevient libre'
            : `Ses ${counted(cpts.units.length, 'commune')} redeviennent libres`}
          &nbsp;; elle disparaît de la carte et des chevauchements.
        </li>
        <li>Elle reste dans la liste, à l’étape «&nbsp;Close&nbsp;».</li>
      </ul>
      <DecisionButtons confirm="Confirmer la clôture" cpts={cpts} act={close} onDone={onDone} />
    </section>
  );
}

/** Takes the focus, since the button that asked for it goes. */
function Question({ children }: { children: ComponentChildren }) {
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  return (
    <h3 ref={title} tabIndex={-1}>
      {children}
    </h3>
  );
}

interface ButtonsProps {
  confirm: string;
  cpts: Cpts;
  act(cpts: Cpts): Promise<boolean>;
  onDone(): void;
}

function DecisionButtons({ confirm, cpts, act, onDone }: ButtonsProps) {
  return (
    <div class="button-row">
      <button
        type="button"
        class="button primary"
        // One decision at a time: the next may depend on its answer.
        disabled={deciding.value !== null}
        onClick={() => void act(cpts).then(onDone)}
      >
        {deciding.value === cpts.id ? 'Envoi…' : confirm}
      </button>
      <button type="button" class="button" onClick={onDone}>
        Renoncer
      </button>
    </div>
  );
}
