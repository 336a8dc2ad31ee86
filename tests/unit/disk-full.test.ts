import { existsSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diskFull } from '../../server/disk-full.ts';
import { checkRefusal } from './imports/temporary-folder.ts';

it.skipIf(!existsSync('/dev/full'))('a full disk is told in a sentence', () => {
  let failure: unknown;
  try {
    writeFileSync('/dev/full', 'x');
  } catch (error) {
    failure = error;
  }
  checkRefusal(diskFull(failure), 'disk_full', 'est plein : libérez');
  checkRefusal(diskFull(failure, '« a.csv » n’a pas pu y être écrit'), 'disk_full', '« a.csv »');
});

it('of the database, it is told as well; no other failure is', () => {
  checkRefusal(diskFull({ code: '53100' }), 'disk_full');
  expect(diskFull(new Error('ENOSPC'))).toBeNull();
  expect(diskFull(null)).toBeNull();
});
