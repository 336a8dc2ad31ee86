import { expect, test } from 'vitest';
import { fileFlags, fileOptions } from '../../../scripts/propose-file.ts';
import { proposeHelp } from '../../../scripts/propose-help.ts';
import { flags, options } from '../../../scripts/region-options.ts';

test('every option of both forms is named, and none that is not taken', () => {
  const [ofRegion, ofFile] = proposeHelp.split('Pour un fichier') as [string, string];
  const named = (text: string) =>
    new Set([...text.matchAll(/--([a-z][a-z-]+|k)\b/g)].map((m) => m[1]));
  expect([...named(ofRegion)].sort()).toEqual(
    [...options, ...flags, 'region', 'home', 'data'].sort(),
  );
  expect([...named(ofFile)].sort()).toEqual([...fileOptions, ...fileFlags].sort());
});
