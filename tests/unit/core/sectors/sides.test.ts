import { expect, test } from 'vitest';
import { sidesOf } from '../../../../server/core/sectors/sides.ts';

const box = (w: number, s: number, e: number, n: number) => [
  [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ],
];
const turned = (polygon: number[][][]) => polygon.map((ring) => [...ring].reverse());

/*
 *   ┌───┬───┐   ┌─┐ island
 *   │ 0 ↑ 1 │   └─┘
 *   └───┴───┘
 */
test('a piece is on the left or the right of the line, however its rings turn', () => {
  const pieces = [box(0, 0, 1, 2), box(1, 0, 2, 2)];
  const up = [
    [1, -1],
    [1, 3],
  ];
  expect(sidesOf(pieces, up)).toEqual([0, 1]);
  expect(sidesOf(pieces, [...up].reverse())).toEqual([1, 0]);
  expect(sidesOf(pieces.map(turned), up)).toEqual([0, 1]);
});

test('an island goes with the nearest side', () => {
  const pieces = [box(0, 0, 1, 2), box(1, 0, 2, 2), box(2.5, 0, 3, 1), box(-9, 0, -8, 1)];
  const up = [
    [1, -1],
    [1, 3],
  ];
  expect(sidesOf(pieces, up)).toEqual([0, 1, 1, 0]);
});

test('the pieces that a winding line makes take turns', () => {
  // Two bays cut off on the right of a line that comes and goes.
  const line = [
    [0, 1],
    [4, 1],
  ];
  const pieces = [box(0, 0, 4, 1), box(0, 1, 1, 2), box(3, 1, 4, 2)];
  expect(sidesOf(pieces, line)).toEqual([1, 0, 0]);
});

test('a line that leaves one piece cuts nothing', () => {
  expect(
    sidesOf(
      [box(0, 0, 2, 2)],
      [
        [-1, 1],
        [1, 1],
      ],
    ),
  ).toBeNull();
});
