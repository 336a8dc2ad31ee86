import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readInstance } from '../../../server/imports/proposal-instance.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

const read = (content: unknown) =>
  readInstance(
    folder.write('instance.json', typeof content === 'string' ? content : JSON.stringify(content)),
  );

const node = { id: 0, x: 0, y: 0, area: 1, perimeter: 4, epci: 7, population: 40 };
const whole = {
  meta: { pop_min: 30, pop_max: 100 },
  nodes: [node, { ...node, id: 1, population: 60 }],
  edges: [[0, 1, 2.5]],
  flows: [
    [0, 1, 3],
    [1, 1, 4],
  ],
};

test('reads units, borders in km and flows', async () => {
  const { population, epci, adjacency, flow, floor, ceiling } = await read(whole);
  expect([population, epci, floor, ceiling]).toEqual([[40, 60], [7, 7], 30, 100]);
  expect([...adjacency.lengthsM]).toEqual([2500, 2500]);
  expect([...flow.patients]).toEqual([3, 4]);
});

test('says what is wrong, and where', async () => {
  await expect(read('{')).rejects.toMatchObject({ code: 'unreadable_file' });
  const wrong = (part: object) => read({ ...whole, ...part });
  const { epci: _, ...homeless } = node;
  for (const [part, sentence] of [
    [{ nodes: [{ ...node, population: 'many' }] }, 'en /nodes/0/population, il faut un nombre.'],
    [{ nodes: [homeless] }, 'en /nodes/0, il manque epci.'],
    [{ edges: [[0, 1]] }, 'en /edges/0, il faut trois nombres.'],
    [{ edges: [[0, 1, -2]] }, 'en /edges/0/2, il faut un nombre d’au moins 0.'],
    [{ edges: [[0, 7, 1]] }, 'en /edges/0, l’unité 7 n’existe pas : il y en a 2'],
    [{ edges: [[1, 1, 1]] }, 'en /edges/0, l’unité 1 est deux fois'],
    [
      {
        flows: [
          [0, 1, 3],
          [0.5, 1, 1],
        ],
      },
      'en /flows/1, l’unité 0.5 n’existe pas',
    ],
    [{ meta: { pop_min: 200, pop_max: 100 } }, 'pop_min (200) dépasse pop_max (100)'],
    [{ meta: { pop_min: 0, pop_max: 100 } }, 'en /meta/pop_min, il faut un nombre supérieur à 0'],
  ] as const) {
    await expect(wrong(part)).rejects.toThrow(sentence);
    await expect(wrong(part)).rejects.toMatchObject({ code: 'unreadable_file' });
  }
  await expect(readInstance(join(folder.path, 'none.json'))).rejects.toMatchObject({
    code: 'no_such_file',
  });
});
