import { localisation } from '../core/indicators/localisation.ts';
import { type Alternative, everyAlternative, judgePlan } from '../core/proposal/alternatives.ts';
import { type ExplainedTerritory, explainTerritories } from '../core/proposal/explain.ts';
import { type ProposalWishes, proposalInput } from '../core/proposal/wishes.ts';
import { epciNames } from '../imports/area-names.ts';
import { serveTask } from './task.ts';

export interface ExplanationTask {
  wishes: ProposalWishes;
  areaKm2: number[];
  /** the plan to explain: territory of each unit, -1: none */
  label: Int32Array;
  count: number;
}

export interface Explained {
  territories: ExplainedTerritory[];
  /** by unit */
  alternatives: Alternative[][];
  /** the intercommunalités, by the number they have in `territories` */
  epci: { code: string; name: string }[];
  /** share of the flow kept inside */
  inside: number;
  /** patients a year of the units in territories, wherever treated */
  patients: number;
}

await serveTask<ExplanationTask, Explained>(({ wishes, areaKm2, label, count }) => {
  const { input, graphs } = proposalInput(wishes);
  const plan = judgePlan(input, label, count);
  const moves = everyAlternative(plan);
  const care = localisation(input.flow, label, count, input.lost);
  return {
    territories: explainTerritories(plan, { ...graphs, areaKm2 }, moves),
    epci: namedEpci(wishes.columns.epci, graphs.epci),
    alternatives: moves,
    inside: Number.isNaN(care.share) ? 0 : care.share,
    patients: care.out.reduce((sum, out) => sum + out, 0),
  };
});

function namedEpci(codes: readonly (string | null)[], numbers: Int32Array) {
  const names = epciNames();
  const named: { code: string; name: string }[] = [];
  codes.forEach((code, u) => {
    if (code !== null) named[numbers[u]!] ??= { code, name: names.get(code) ?? code };
  });
  return named;
}
