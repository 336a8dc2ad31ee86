import { formatDecimal } from '../french/numbers.ts';
import { unbroken } from '../french/unbroken.ts';
import { dataset } from '../state/analysis.ts';
import type { Region } from '../state/region.ts';

/** One line that always says what the figures are made from. */
export function DataLine({ region }: { region: Region }) {
  const { source, sourceKind, supplySource } = region.health.region;
  const sentences = [
    sourceKind === 'schematic' && !/schématique/i.test(source) ? 'Contours schématiques' : null,
    source,
    flowSentence(),
    /^offre/i.test(supplySource) ? supplySource : `Offre de soins : ${supplySource}`,
  ];
  const text = sentences
    .filter((sentence) => typeof sentence === 'string' && sentence !== '')
    .map((sentence) => String(sentence).replace(/[.\s]+$/, ''))
    .join(' · ');
  return (
    <p class="data-line" title={text}>
      {unbroken(text)}
    </p>
  );
}

function flowSentence(): string | null {
  const shown = dataset.value;
  if (!shown) return null;
  if (shown.kind === 'extract') return `Flux\u00a0: ${shown.provenance}`;
  const { alpha, betaKm } = shown.parameters;
  if (typeof alpha !== 'number' || typeof betaKm !== 'number') return 'Flux modélisés';
  return `Flux modélisés (α = ${formatDecimal(alpha)}\u00a0; β = ${formatDecimal(betaKm)} km)`;
}
