import type { UnitGraph } from '../contracts/units.ts';
import type { Vintage } from '../db/repositories/vintages.ts';
import { DomainError } from '../errors.ts';
import type { TileCutter } from '../workers/tile-cutter.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { StepWatcher } from './steps.ts';

/** The region the server answers for, once it is loaded. */
export interface LoadedRegion {
  vintage: Vintage;
  tiles: TileCutter;
  graph: UnitGraph;
  /** about this region, until its units change */
  answers: KeptAnswers;
}

export type Phase =
  | { status: 'loading'; step: string; progress: number }
  | { status: 'failed'; step: string; error: DomainError }
  | { status: 'ready'; region: LoadedRegion };

/** Where the first load stands; routes ask it for the region. */
export interface RegionState extends StepWatcher {
  phase(): Phase;
  /** @throws DomainError `loading` or `load_failed` */
  loaded(): LoadedRegion;
  ready(region: LoadedRegion): void;
  failed(error: DomainError): void;
}

/** `onReady` is told of every region, as it is there to answer for. */
export function regionState(onReady: (region: LoadedRegion) => void = () => {}): RegionState {
  let phase: Phase = { status: 'loading', step: 'Démarrage', progress: 0 };
  return {
    phase: () => phase,
    loaded() {
      if (phase.status === 'ready') return phase.region;
      throw unavailable(phase);
    },
    begin(step) {
      phase = { status: 'loading', step, progress: 0 };
    },
    progress(share) {
      if (phase.status === 'loading') phase = { ...phase, progress: share };
    },
    end() {},
    ready(region) {
      phase = { status: 'ready', region };
      onReady(region);
    },
    failed(error) {
      phase = { status: 'failed', step: phase.status === 'loading' ? phase.step : '', error };
    },
  };
}

/** Why there is no region to answer for. */
export function unavailable(phase: Exclude<Phase, { status: 'ready' }>): DomainError {
  return phase.status === 'failed'
    ? new DomainError('load_failed', phase.error.message, { cause: phase.error.code })
    : new DomainError(
        'loading',
        `Le premier chargement est en cours (${phase.step}) : réessayez dans quelques secondes.`,
      );
}
