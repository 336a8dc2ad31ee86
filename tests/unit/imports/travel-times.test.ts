import { gzipSync } from 'node:zlib';
import { expect, it, test } from 'vitest';
import type { Passages } from '../../../server/imports/passages.ts';
import { readTravelTimes, type TravelTimes } from '../../../server/imports/travel-times.ts';
import { checkRefusal, temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const codes = ['01001', '2A004', '45234', '45235'];
const none: Passages = { forward: new Map(), backward: new Map() };
const read = (content: string | Uint8Array, passages = none) =>
  readTravelTimes(folder.write('temps.csv', content), codes, passages);

/** `45234→45235` → minutes, without the zeros from a commune to itself. */
function minutesOf({ table }: TravelTimes): Record<string, number> {
  const found: Record<string, number> = {};
  for (let i = 0; i < table.n; i++) {
    for (let e = table.offsets[i]!; e < table.offsets[i + 1]!; e++) {
      const j = table.destinations[e]!;
      const minutes = table.minutes[e]!;
      if (i !== j || minutes !== 0) found[`${codes[i]}→${codes[j]}`] = minutes;
    }
  }
  return found;
}

test.each([
  ['commas', 'origin,destination,minutes\n45234,45235,12.5\n'],
  ['semicolons and decimal commas', 'Origine;Destination;Durée (min)\n45234;45235;12,5\n'],
  ['tabs, quoted', '"depart"\t"arrivee"\t"temps"\n"45234"\t"45235"\t"12,5"\n'],
  ['pipes, other columns and order', 'km|minutes|to|from\n9|12.5|45235|45234\n'],
  ['a byte order mark', '\uFEFForigin;destination;minutes\r\n45234;45235;12,5\r\n'],
  ['gzip', gzipSync('origin;destination;minutes\n45234;45235;12,5\n')],
  ['Latin-1', Buffer.from('Départ;Arrivée;Durée\n45234;45235;12,5\n', 'latin1')],
])('reads %s', async (_, content) => {
  expect(minutesOf(await read(content))).toEqual({ '45234→45235': 12.5, '45235→45234': 12.5 });
});

it('keeps both ways apart where both are given, and repairs codes', async () => {
  const times = await read(
    'origin;destination;minutes\n1001;45234;30\n45234;01001;40\n2a004;45234;9\n45235;45235;4\n',
  );
  expect(minutesOf(times)).toEqual({
    '01001→45234': 30,
    '45234→01001': 40,
    '2A004→45234': 9,
    '45234→2A004': 9,
    '45235→45235': 4,
  });
  expect(times.file).toBe('temps.csv');
  expect(times.remarks[0]).toMatchObject({ kind: 'changed' });
  expect(times.remarks[0]?.message).toMatch(/^Codes de commune.* : 2\.$/);
});

it('follows merged communes, of which it learns nothing of staying within', async () => {
  const passage = (before: string) => ({ before, after: '45234', year: 2016, ratio: 1 });
  const forward = new Map(['45901', '45902'].map((code) => [code, [passage(code)]]));
  const times = await read(
    'origin;destination;minutes\n45901;45235;10\n45902;45235;20\n45901;45902;7\n45901;69123;90\n45235;2A004;\n',
    { forward, backward: new Map() },
  );
  expect(minutesOf(times)).toEqual({ '45234→45235': 15, '45235→45234': 15 });
  const said = times.remarks.map(({ message }) => message).join('\n');
  expect(said).toMatch(/extrémité étant hors des communes chargées : 1\./);
  expect(said).toMatch(/Durées vides.* : 1\./);
  expect(said).toMatch(/entre communes réunies depuis.* : 1\./);
});

it('gives the same table whatever the order of the lines', async () => {
  const lines = ['45234;45235;12', '01001;45234;30', '45234;01001;41', '2A004;45235;7'];
  const head = 'origin;destination;minutes\n';
  const straight = await read(head + lines.join('\n'));
  const reversed = await read(head + [...lines].reverse().join('\n'));
  expect(reversed.table).toEqual(straight.table);
});

test.each([
  ['origin;minutes\n45234;3\n', 'missing_column', 'la commune d’arrivée'],
  [
    'origin;destination;minutes\n45234;45235;3\n45234;Tours;3\n',
    'invalid_code',
    'ligne 3',
    '« Tours »',
  ],
  [
    'origin;destination;minutes\n45234;45235;\n45234;45235;-3\n',
    'invalid_number',
    'ligne 3',
    '« -3 »',
  ],
  ['origin;destination;minutes\n45234;45235;1h30\n', 'invalid_number', 'ligne 2', '« 1h30 »'],
  ['origin;destination;minutes\n45234;45235\n', 'unreadable_file', 'ligne 2'],
  ['origin;destination;minutes\n69123;75056;12\n', 'no_unit_in_region', '« temps.csv »'],
  ['origin;origin;minutes\n45234;45235;12\n', 'duplicate_columns', 'ligne 1'],
  ['', 'empty_file'],
] as const)('refuses %s', async (content, code, ...pieces) => {
  checkRefusal(await read(content).catch((error: unknown) => error), code, ...pieces);
});

it('refuses a line without end', async () => {
  const endless = `origin;destination;minutes\n${'4'.repeat(3 << 20)}`;
  const refusal = await read(endless).catch((error: unknown) => error);
  checkRefusal(refusal, 'line_too_long', 'ligne 2');
});

it('refuses a truncated gzip', async () => {
  const packed = gzipSync(`origin;destination;minutes\n${'45234;45235;12\n'.repeat(50_000)}`);
  const refusal = await read(packed.subarray(0, 200)).catch((error: unknown) => error);
  checkRefusal(refusal, 'truncated_file');
});
