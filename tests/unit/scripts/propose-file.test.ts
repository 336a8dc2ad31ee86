import { join } from 'node:path';
import { expect, test } from 'vitest';
import { proposeFile } from '../../../scripts/propose-file.ts';
import { temporaryFolder } from '../imports/temporary-folder.ts';

const folder = temporaryFolder();

test('what the options cannot be is refused before the file is read', async () => {
  const out = join(folder.path, 'labels.txt');
  const propose = (...more: string[]) => proposeFile(['--instance', 'none.json', ...more]);
  for (const [options, sentence] of [
    [['--out', out, '--seed', '99999999999'], 'entier positif ou nul, au plus 4294967295'],
    [['--out', join(folder.path, 'none', 'labels.txt')], 'n’existe pas ou ne se laisse pas écrire'],
    [['--out', folder.path], 'c’est un dossier'],
  ] as const) {
    await expect(propose(...options)).rejects.toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringContaining(sentence),
    });
  }
  await expect(propose('--out', out)).rejects.toMatchObject({ code: 'no_such_file' });
});
