import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { defaultProposalParameters } from '../../../../../server/contracts/proposals.ts';
import { unbroken } from '../../../french/unbroken.ts';
import { specialty } from '../../../state/address.ts';
import { datasetId, region as loaded } from '../../../state/analysis.ts';
import {
  asked,
  contradictions,
  otherWishesOpen,
  type Part,
  partOf,
  resetWishes,
  scopeTried,
  wish,
  wishes,
} from '../../../state/proposal-wishes.ts';
import { propose, runFailure, starting } from '../../../state/proposals.ts';
import type { Region } from '../../../state/region.ts';
import { NumberField } from '../number-field.tsx';
import { SpecialtyField } from '../specialty-field.tsx';
import { Count, Target, Weights } from './aims.tsx';
import { FlowsField, SpecialtyWeights, wishedDataset } from './flows.tsx';
import { KeptWhole, Pairs } from './locks.tsx';
import { Scope, Walls } from './scope.tsx';
import { Steps } from './steps.tsx';

const efforts = [
  { value: 'quick', label: 'Rapide' },
  { value: 'normal', label: 'Normal' },
  { value: 'thorough', label: 'Approfondi' },
] as const;

/** What a geographer asks for: the band and the effort first, every other wish folded. */
export function Form({ region }: { region: Region }) {
  const form = wishes.value;
  const wrong = contradictions(form);
  useEffect(() => {
    if (wishes.peek() === defaultProposalParameters) wish({ specialty: specialty.peek() });
  }, []);

  const button = useRef<HTMLButtonElement>(null);

  async function submit(event: Event) {
    event.preventDefault();
    scopeTried.value = true;
    if (wrong.length > 0) return;
    const stop = starting.subscribe((sending) => {
      // Disabled as it was sent, the button lost the keyboard.
      if (!sending && runFailure.peek()) requestAnimationFrame(() => button.current?.focus());
    });
    await propose(asked(form, datasetId.value));
    stop();
  }

  return (
    <form class="proposal-form" onSubmit={submit}>
      <fieldset class="fields" disabled={starting.value}>
        <div class="field-row">
          <NumberField
            label="Plancher (hab.)"
            value={form.floor}
            min={1}
            max={10_000_000}
            step={1000}
            set={(floor) => wish({ floor })}
          />
          <NumberField
            label="Plafond (hab.)"
            value={form.ceiling}
            min={1}
            max={10_000_000}
            step={1000}
            set={(ceiling) => wish({ ceiling })}
          />
        </div>
        <Wrong part="band" />
        <FlowsField />
        <SpecialtyField
          value={form.specialty}
          set={(key) => wish({ specialty: key })}
          of={wishedDataset()}
        />
        <SpecialtyWeights />
        <Wrong part="specialty" />
        <Steps
          label="Effort"
          hint="Plus d’effort essaie plus de découpages, et prend plus de temps."
          options={efforts}
          value={form.effort}
          set={(effort) => wish({ effort })}
        />
        <OtherWishes>
          <Count />
          <Weights />
          <Target />
          <Wrong part="target" />
          <Scope region={region} />
          <Wrong part="scope" />
          <Walls />
          <KeptWhole />
          <Pairs region={region} />
          <Wrong part="pairs" />
          <NumberField
            label="Graine"
            hint="Une même graine redonne la même proposition."
            value={form.seed}
            min={0}
            max={4_294_967_295}
            step={1}
            set={(seed) => wish({ seed })}
          />
          <button type="button" class="button small" onClick={resetWishes}>
            Tout remettre par défaut
          </button>
        </OtherWishes>
        <button ref={button} type="submit" class="button primary" disabled={wrong.some(isSaid)}>
          {starting.value ? 'Envoi…' : 'Proposer des territoires'}
        </button>
      </fieldset>
    </form>
  );
}

/** A scope still to be filled in is no mistake before one tries. */
const isSaid = ({ part }: { part: Part }) => part !== 'scope' || scopeTried.value;

const nameOf = (code: string) => loaded.value?.name[loaded.value.indexOf.get(code) ?? -1] ?? code;

/** Folded, but never over something wrong. */
function OtherWishes({ children }: { children: ComponentChildren }) {
  const refused = runFailure.value && partOf(runFailure.value);
  const folded: readonly Part[] = ['target', 'scope', 'pairs'];
  const wrong =
    contradictions(wishes.value).some(({ part }) => folded.includes(part)) ||
    (refused !== null && folded.includes(refused));
  return (
    <details
      class="weights"
      open={otherWishesOpen.value || wrong}
      onToggle={(event) => {
        otherWishesOpen.value = event.currentTarget.open;
      }}
    >
      <summary>Autres souhaits</summary>
      <div class="fields wishes">{children}</div>
    </details>
  );
}

/** What is wrong with a part of the form, by the page's reading or the server's. */
function Wrong({ part }: { part: Part }) {
  const seen = contradictions(wishes.value, nameOf).find(
    (one) => one.part === part && isSaid(one),
  )?.sentence;
  const refused = runFailure.value;
  const sentence = seen ?? (refused && partOf(refused) === part ? refused.message : null);
  if (!sentence) return null;
  return (
    <p class="field-error" role="alert">
      {unbroken(sentence)}
    </p>
  );
}
