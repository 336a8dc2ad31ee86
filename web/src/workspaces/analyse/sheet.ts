import { formatCount } from '../../french/numbers.ts';
import { unbroken } from '../../french/unbroken.ts';
import { territoryFills } from '../../map/colours.ts';
import type { ColourKey, PrintContent } from '../../print/content.ts';
import { view } from '../../state/address.ts';
import { datasets, flowFact, labelOf, otherPoleMap, poleMap } from '../../state/analysis.ts';
import { compared } from '../../state/comparison.ts';
import { catchment, type PoleMap } from '../../state/pole-map.ts';
import { territoryMap } from '../../state/proposals.ts';
import type { Region } from '../../state/region.ts';
import { readyValue } from '../../state/resource.ts';
import { secondMap } from './compare/second-map.ts';
import { describeAnalysis, methods } from './describe-analysis.ts';
import { toldFlows } from './shown.ts';

/** What Analyser puts on paper: the map of poles, two of them compared, or a proposal. */
export function analyseSheet(region: Region): PrintContent | null {
  return view.value === 'territories' ? proposalSheet(region) : poleSheet(region);
}

function poleSheet(region: Region): PrintContent | null {
  const map = poleMap.value;
  const other = compared.value && otherPoleMap.value;
  if (!map || (compared.value && !other)) return null;
  const flows = toldFlows.value;
  const titles = secondMap(region)?.titles ?? [labelOf(map.parameters.specialty)];
  const maps = other ? [map, other] : [map];
  return {
    title: `Pôles d’attraction${flows ? ` et flux ${flows.whose}` : ''} — ${titles.map(lower).join(' et ')}, ${region.health.region.name}`,
    keys: maps.flatMap(poleKeys),
    keyNouns: ['pôle', 'pôles'],
    note: 'Une couleur sert à plusieurs pôles, jamais à deux voisins.',
    sources: [
      ...new Set(maps.map(({ parameters }) => flowSentence(parameters.dataset))),
      ...new Set(maps.map(({ parameters }) => methodSentence(parameters))),
      sentence(region.health.region.source),
    ],
  };
}

const poleKeys = (map: PoleMap): ColourKey[] =>
  map.poles.map(({ code, name }, group) => ({
    fill: territoryFills[map.hues[group]!]!,
    name,
    units: catchment(map, code),
  }));

function methodSentence(parameters: PoleMap['parameters']): string {
  const way = methods.find(({ key }) => key === parameters.method)?.name ?? parameters.method;
  const asked = describeAnalysis(parameters);
  return `Pôle d’attraction principal\u00a0: ${lower(way)}\u00a0; ${asked} (analyse nᵒ\u00a0${parameters.run}).`;
}

function proposalSheet(region: Region): PrintContent | null {
  const map = territoryMap.value;
  if (!map) return null;
  const { id, parameters, territories } = map.proposal;
  const { floor, ceiling, seed, specialty, flowDataset } = parameters;
  const byPopulation = [...territories.keys()].sort(
    (p, q) => territories[q]!.population - territories[p]!.population || p - q,
  );
  return {
    title: `Territoires proposés — ${territories.length} territoires, ${region.health.region.name}`,
    keys: byPopulation.map((group) => ({
      fill: territoryFills[map.hues[group]!]!,
      name: territories[group]!.name,
      units: map.units[group]!,
    })),
    keyNouns: ['territoire', 'territoires'],
    note: 'Les couleurs ne font que séparer les voisins.',
    sources: [
      `Proposition nᵒ\u00a0${id}\u00a0: ${formatCount(floor)} à ${formatCount(ceiling)}\u00a0habitants, graine ${seed}, ${lower(labelOf(specialty))}.`,
      ...(flowDataset ? [flowSentence(flowDataset)] : []),
      sentence(region.health.region.source),
    ],
  };
}

/** Which flows, and that they are modelled when they are. */
function flowSentence(dataset: number): string {
  const used = readyValue(datasets.state.value)?.find(({ id }) => id === dataset);
  if (!used) return `Jeu de flux nᵒ\u00a0${dataset}.`;
  return `${flowFact(used)} (jeu nᵒ\u00a0${used.id}). ${sentence(used.provenance)}`;
}

/** Ends with one full stop. */
const sentence = (text: string) => `${unbroken(text.replace(/[.\s]+$/, ''))}.`;

const lower = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);
