import { join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { mistakeIn } from '../../../server/imports/instance-shape.ts';
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

test('finds a mistake wherever a schema does, and nowhere else', () => {
  const positive = Type.Number({ minimum: 0 });
  const three = Type.Array(Type.Tuple([positive, positive, positive]));
  const schema = Compile(
    Type.Object({
      meta: Type.Object({ pop_min: positive, pop_max: positive }),
      nodes: Type.Array(Type.Object({ population: positive, epci: Type.Integer() })),
      edges: three,
      flows: three,
    }),
  );
  /** The value with what stands at each of its places put for another, one at a time. */
  function* changed(value: unknown): Generator<unknown> {
    yield* [null, true, 'x', -1, 0.5, Infinity, [], {}, [0, 1, 2], [0, 1, 2, 3]];
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      const whole = value as Record<string, unknown>;
      const put = (other: Record<string, unknown>) =>
        Array.isArray(value) ? Object.values(other) : other;
      for (const one of changed(whole[key])) yield put({ ...whole, [key]: one });
      const { [key]: _, ...rest } = whole;
      yield put(rest);
    }
  }
  let refused = 0;
  for (const one of changed(whole)) {
    expect([one, mistakeIn(one) === null]).toEqual([one, schema.Check(one)]);
    if (!schema.Check(one)) refused++;
  }
  expect(refused).toBeGreaterThan(100);
  expect(mistakeIn({ ...whole, nodes: 3 })).toBe('en /nodes, il faut une liste');
  expect(mistakeIn([])).toBe('en /, il faut un objet');
  expect(mistakeIn({ meta: {}, flows: [] })).toBe('en /, il manque nodes, edges');
});
