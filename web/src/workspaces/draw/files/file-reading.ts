import { signal } from '@preact/signals';
import type { Geometry } from 'geojson';
import type {
  FileTerritory,
  TerritoryFile,
} from '../../../../../server/contracts/territory-files.ts';
import type { ApiFailure } from '../../../api/client.ts';
import { createSeveralCpts, readTerritoryFile } from '../../../api/territory-files.ts';
import { counted } from '../../../french/numbers.ts';
import { announce } from '../../../state/announce.ts';
import { refreshCpts } from '../../../state/cpts.ts';
import type { Region } from '../../../state/region.ts';
import { asFailure } from '../../../state/resource.ts';
import { leavePreview, preview, sharesIn, unitsAbove } from './preview.ts';

/** A file that was read, and which of its territories is previewed. */
interface ReadFile {
  file: File;
  answer: TerritoryFile;
  chosen: number | null;
}

export type FileReading =
  | { state: 'none' }
  | { state: 'reading'; name: string; stop(): void }
  | ({ state: 'read' } & ReadFile)
  | { state: 'failed'; error: ApiFailure };

export const reading = signal<FileReading>({ state: 'none' });
/** CPTS are being made of all territories of the file. */
export const makingAll = signal(false);
export const makingFailure = signal<ApiFailure | null>(null);

/** Reads a file; one with a single territory is previewed at once. */
export async function readFile(region: Region, file: File, by: 'auto' | 'area' = 'auto') {
  forgetFile();
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
    reading.value = { state: 'none' };
  };
  reading.value = { state: 'reading', name: file.name, stop };
  try {
    const answer = await readTerritoryFile(file, by, controller.signal);
    if (controller.signal.aborted) return;
    reading.value = { state: 'read', file, answer, chosen: null };
    if (answer.territories.length === 1) chooseTerritory(region, 0);
    else announce(`${counted(answer.territories.length, 'territoire lu', 'territoires lus')}.`);
  } catch (cause) {
    if (controller.signal.aborted) return;
    reading.value = { state: 'failed', error: asFailure(cause) };
  }
}

export function chooseTerritory(region: Region, index: number): void {
  const read = reading.peek();
  const territory = read.state === 'read' ? read.answer.territories[index] : undefined;
  if (read.state !== 'read' || !territory) return;
  reading.value = { ...read, chosen: index };
  preview(region, {
    source: `«\u00a0${territory.name}\u00a0» de ${read.file.name}`,
    shares: sharesIn(region, territory.units),
    byArea: territory.by === 'area',
    outline: territory.outline as Geometry | null,
  });
}

export function forgetFile(): void {
  const before = reading.peek();
  if (before.state === 'reading') before.stop();
  reading.value = { state: 'none' };
  makingFailure.value = null;
  leavePreview();
}

/** Codes of a territory from a share of area on. */
const codesAbove = ({ units }: FileTerritory, from: number): string[] =>
  units.filter(({ share }) => share >= from).map(({ code }) => code);

/** Makes a CPTS of each territory of the file; null when the server refuses. */
export async function makeAll(from: number): Promise<number | null> {
  const read = reading.peek();
  if (read.state !== 'read' || makingAll.peek()) return null;
  makingAll.value = true;
  makingFailure.value = null;
  try {
    const cpts = read.answer.territories
      .map((territory, index) => ({
        name: territory.name.trim().length < 2 ? `Territoire ${index + 1}` : territory.name,
        units: codesAbove(territory, from),
      }))
      .filter(({ units }) => units.length > 0);
    const { created } = await createSeveralCpts({ cpts });
    forgetFile();
    announce(`${counted(created.length, 'CPTS créée', 'CPTS créées')} à l’étape Idée.`);
    void refreshCpts();
    return created.length;
  } catch (cause) {
    makingFailure.value = asFailure(cause);
    return null;
  } finally {
    makingAll.value = false;
  }
}

/** Units of a territory of the file at a share of area. */
export const unitsOfTerritory = (region: Region, { units }: FileTerritory, from: number) =>
  unitsAbove(sharesIn(region, units), from);
