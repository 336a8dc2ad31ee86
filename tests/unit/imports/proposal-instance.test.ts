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
  const noPeople = { ...whole, nodes: [{ ...node, population: 'many' }] };
  await expect(read(noPeople)).rejects.toThrow('/nodes/0/population');
  const noUnit = { ...whole, flows: [[0, 2, 1]] };
  await expect(read(noUnit)).rejects.toThrow('expected units from 0 to 1, got 0 and 2');
  await expect(readInstance(join(folder.path, 'none.json'))).rejects.toMatchObject({
    code: 'no_such_file',
  });
});
