import { useEffect } from 'preact/hooks';
import { exportDraft } from '../../../api/territory-files.ts';
import { draftName, draftUnits } from '../../../state/draft.ts';
import type { Region } from '../../../state/region.ts';
import { ExportMenu } from './export-menu.tsx';
import { Freehand } from './freehand.tsx';
import { FromPole } from './from-pole.tsx';
import { FromProposal } from './from-proposal.tsx';
import { ImportFile } from './import-file.tsx';
import { PreviewCard } from './preview-card.tsx';
import { showPreview } from './preview-on-map.ts';

/** What is about to be taken, on the map and in a card: beside the tools, whatever it came from. */
export function Preview({ region }: { region: Region }) {
  useEffect(() => showPreview(region), [region]);
  return <PreviewCard region={region} />;
}

/** Communes for the draft from files, outlines, poles and proposals, seen before they are taken. */
export function AddFromElsewhere({ region }: { region: Region }) {
  return (
    <>
      <ImportFile region={region} />
      <Freehand region={region} />
      <FromPole region={region} />
      <FromProposal region={region} />
    </>
  );
}

/** The draft as it is now, in a file. */
export function ExportDraft({ region }: { region: Region }) {
  if (draftUnits.value.size === 0) return null;
  return (
    <ExportMenu
      summary="Exporter le dessin"
      load={(format) => {
        const units = [...draftUnits.peek()].map((unit) => region.code[unit]!).sort();
        return exportDraft({ format, name: draftName.peek().trim(), units });
      }}
    />
  );
}
