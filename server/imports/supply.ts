import type { OnProgress, SupplyFile } from './rows.ts';
import { readBpe } from './supply-bpe.ts';
import { isRpps, readRpps } from './supply-rpps.ts';

/** Practitioners per commune from a file of the BPE or of the RPPS, told by its header. */
export async function readSupply(file: string, onProgress?: OnProgress): Promise<SupplyFile> {
  return (await isRpps(file)) ? readRpps(file, onProgress) : readBpe(file, onProgress);
}
