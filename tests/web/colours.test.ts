import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupHues, mix, sharedHues, territoryFills } from '../../web/src/map/colours.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(8, 8);

describe('groupHues', () => {
  it('never gives one hue to two groups that touch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (w, h) => {
        const group = Int32Array.from(region.code, (_, unit) => {
          const [x, y] = [unit % 8, Math.floor(unit / 8)];
          return Math.floor(x / w) + 8 * Math.floor(y / h);
        });
        const hues = groupHues(region.adjacency, group, 64);
        const { offsets, neighbours } = region.adjacency;
        for (let unit = 0; unit < region.count; unit++) {
          for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
            const [a, b] = [group[unit]!, group[neighbours[e]!]!];
            if (a !== b) expect(hues[a]).not.toBe(hues[b]);
          }
        }
      }),
    );
  });

  it('keeps the hue of a group when another one goes away', () => {
    const group = Int32Array.from(region.code, (_, unit) => Math.floor((unit % 8) / 2));
    const before = groupHues(region.adjacency, group, 4);
    const without = group.map((g) => (g === 3 ? -1 : g));
    expect([...groupHues(region.adjacency, without, 3)]).toEqual([...before].slice(0, 3));
  });

  it('spreads over the hues there are', () => {
    const group = Int32Array.from(region.code, (_, unit) => unit % 8);
    expect(new Set(groupHues(region.adjacency, group, 8)).size).toBeGreaterThan(5);
  });
});

describe('sharedHues', () => {
  const { offsets, neighbours } = region.adjacency;
  const side = (group: Int32Array, keys: string[]) => ({
    keys,
    group,
    hues: groupHues(region.adjacency, group, keys.length),
  });
  /** Each unit goes with the nearest of a few places, as in a map of poles. */
  const around = fc
    .uniqueArray(fc.nat(region.count - 1), { minLength: 1, maxLength: 12 })
    .map((places) => {
      const distance = (p: number, q: number) =>
        Math.hypot((p % 8) - (q % 8), Math.floor(p / 8) - Math.floor(q / 8));
      const group = Int32Array.from(region.code, (_, unit) =>
        places.reduce(
          (near, place, at) => (distance(unit, place) < distance(unit, places[near]!) ? at : near),
          0,
        ),
      );
      // A pole is named by its place: the other map may have it too.
      return side(group, places.map(String));
    });

  it('gives a pole one hue, and never the same to two that touch on either map', () => {
    fc.assert(
      fc.property(around, around, (one, other) => {
        const hueOf = sharedHues(region.adjacency, one, other);
        for (const { keys, group } of [one, other]) {
          for (let unit = 0; unit < region.count; unit++) {
            for (let e = offsets[unit]!; e < offsets[unit + 1]!; e++) {
              const [a, b] = [keys[group[unit]!]!, keys[group[neighbours[e]!]!]!];
              if (a !== b) expect(hueOf.get(a)).not.toBe(hueOf.get(b));
            }
          }
        }
      }),
      { seed: 24 },
    );
  });

  it('leaves the first map as it was where the second is the same', () => {
    fc.assert(
      fc.property(around, (one) => {
        const hueOf = sharedHues(region.adjacency, one, one);
        expect(one.keys.map((key) => hueOf.get(key))).toEqual([...one.hues]);
      }),
    );
  });

  it('leaves a unit of no pole out', () => {
    const group = new Int32Array(region.count).fill(-1);
    expect(sharedHues(region.adjacency, side(group, []), side(group, [])).size).toBe(0);
  });
});

describe('mix', () => {
  it('goes from one colour to the other', () => {
    expect(mix('#ff0000', '#0000ff', 1)).toBe('#ff0000');
    expect(mix('#ff0000', '#0000ff', 0)).toBe('#0000ff');
    expect(mix('#ffffff', '#000000', 0.5)).toBe('#808080');
  });

  it('gives fills that differ', () => {
    expect(new Set(territoryFills).size).toBe(8);
  });
});
