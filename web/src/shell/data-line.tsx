import { unbroken } from '../french/unbroken.ts';
import { dataset, flowFact } from '../state/analysis.ts';
import type { Region } from '../state/region.ts';

const contours: Record<Region['health']['region']['sourceKind'], string> = {
  files: 'Contours lus dans des fichiers',
  'geo-api': 'Contours officiels',
  schematic: 'Contours schématiques',
};

/** What the figures are made from: first the short facts, which always show, then who says so. */
export function DataLine({ region }: { region: Region }) {
  const { sourceKind } = region.health.region;
  const shown = dataset.value;
  const facts = [contours[sourceKind], ...(shown ? [flowFact(shown)] : [])].join(' · ');
  const sources = sourcesOf(region).join(' · ');
  return (
    <p class="data-line" title={`${facts} · ${sources}`}>
      <strong>{facts}</strong> · {sources}
    </p>
  );
}

/** Sentences on the communes and on the flows shown, without their full stops. */
function sourcesOf(region: Region): string[] {
  const { source, supplySource } = region.health.region;
  return [source, dataset.value?.provenance ?? supplySource]
    .map((sentence) => unbroken(sentence.replace(/[.\s]+$/, '')))
    .filter(Boolean);
}
