import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDataFiles } from '../../../server/imports/data-directory.ts';
import { findRegion } from '../../../server/imports/regions.ts';
import { expectRefusal, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
for (const name of [
  'communes/bretagne-2022.geojson',
  'communes/bretagne-2024.geojson',
  'communes/bretagne-sud-2023.geojson',
  'communes/france-2023.geojson',
  'communes/notes.txt',
  'supply/bpe.csv',
  'supply/README.md',
  'cog/passages.csv',
]) {
  folder.write(name, 'x');
}
const communes = (region: string) => findDataFiles(folder.path, findRegion(region)).communes;

describe('a data directory', () => {
  it('gives the latest communes of the region, then those of France', () => {
    expect(communes('53')).toBe(join(folder.path, 'communes/bretagne-2024.geojson'));
    expect(communes('france')).toBe(join(folder.path, 'communes/france-2023.geojson'));
    expect(communes('24')).toBe(join(folder.path, 'communes/france-2023.geojson'));
  });

  it('gives the CSV files of its folders, those that are there', () => {
    const files = findDataFiles(folder.path, findRegion('53'));
    expect(files.supply).toEqual([join(folder.path, 'supply/bpe.csv')]);
    expect(files.passages).toEqual([join(folder.path, 'cog/passages.csv')]);
    expect(files.zonings).toEqual([]);
  });

  it('is refused when it does not exist, or has no communes of the region', () => {
    expectRefusal(() => findDataFiles('/nowhere', findRegion('24')), 'no_such_file', '/nowhere');
    const other = join(folder.path, 'supply');
    expectRefusal(
      () => findDataFiles(other, findRegion('24')),
      'no_such_file',
      'centre-val-de-loire-2024.geojson',
    );
  });
});
