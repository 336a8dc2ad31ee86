import { distance } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, type Setting } from '../../web/src/print/arrange.ts';
import { colourGroups, groupText } from '../../web/src/print/content.ts';
import { printedZoom, shownBounds } from '../../web/src/print/paper.ts';
import { metresPerPx, scaleBar } from '../../web/src/print/scale-bar.ts';

const zoom = fc.double({ min: 3, max: 15, noNaN: true });
const latitude = fc.double({ min: -65, max: 65, noNaN: true });
const size = fc.record({
  width: fc.integer({ min: 100, max: 3000 }),
  height: fc.integer({ min: 100, max: 3000 }),
});

describe('the scale', () => {
  it('is that of the ground at the latitude of the map', () => {
    fc.assert(
      fc.property(zoom, latitude, (z, lat) => {
        const degreesPerPx = 360 / (512 * 2 ** z);
        const px = 20;
        const ground = distance([2, lat], [2 + px * degreesPerPx, lat], { units: 'meters' });
        // Turf's sphere has the mean radius of the Earth, Web Mercator's that of the equator.
        expect(metresPerPx(z, lat) / (ground / px)).toBeCloseTo(1, 2);
      }),
    );
  });

  it('has a round bar, true on paper, that uses most of the room', () => {
    fc.assert(
      fc.property(zoom, latitude, fc.integer({ min: 40, max: 400 }), (z, lat, room) => {
        const { metres, px, denominator } = scaleBar(z, lat, room);
        expect(px).toBeLessThanOrEqual(room + 1e-6);
        expect(px).toBeGreaterThan(room / 2.6);
        expect(['1', '2', '5']).toContain(Number(metres.toPrecision(6)).toExponential()[0]);
        const paperMetres = (px / 96) * 0.0254;
        expect(metres / paperMetres / denominator).toBeCloseTo(1, 1);
      }),
    );
  });
});

it('prints all that the screen shows, and no more than one side asks for', () => {
  fc.assert(
    fc.property(zoom, size, size, (z, screen, paper) => {
      const drawn = printedZoom(z, screen, paper);
      const across = (paper.width * metresPerPx(drawn, 47)) / (screen.width * metresPerPx(z, 47));
      const down = (paper.height * metresPerPx(drawn, 47)) / (screen.height * metresPerPx(z, 47));
      expect(Math.min(across, down)).toBeCloseTo(1, 6);
    }),
  );
});

describe('colours of the legend', () => {
  const key = (name: string, fill: string, ...units: number[]) => ({ name, fill, units });

  it('names who has each colour and shows in the frame, once', () => {
    const keys = [
      key('Orléans', '#a', 1, 2),
      key('Blois', '#b', 3),
      key('Vierzon', '#a', 4),
      key('Dreux', '#b', 9),
      key('Orléans', '#a', 1),
    ];
    expect(colourGroups(keys, (unit) => unit < 5)).toEqual([
      { fill: '#a', names: ['Orléans', 'Vierzon'], more: 0 },
      { fill: '#b', names: ['Blois'], more: 0 },
    ]);
  });

  it('counts those it has no room for', () => {
    const keys = Array.from({ length: 7 }, (_, at) => key(`P${at}`, at % 2 ? '#b' : '#a', at));
    const groups = colourGroups(keys, () => true, 3);
    expect(groups.map(({ names, more }) => names.length + more)).toEqual([4, 3]);
    expect(groups.flatMap(({ names }) => names).sort()).toEqual(['P0', 'P1', 'P2']);
  });
});

it('says what has no room in the legend, and that it has none', () => {
  const nouns: [string, string] = ['pôle', 'pôles'];
  const said = (names: string[], more: number) =>
    groupText({ fill: '#a', names, more }, nouns).replace(/\s/g, ' ');
  expect(said(['Blois', 'Dreux'], 0)).toBe('Blois, Dreux');
  expect(said(['Blois', 'Dreux'], 12)).toBe('Blois, Dreux et 12 autres pôles');
  expect(said(['Blois'], 1)).toBe('Blois et 1 autre pôle');
  expect(said([], 3)).toBe('3 pôles');
});

describe('the words of a sheet', () => {
  const place = { orientation: 'portrait' as const, maps: 1 };
  /** A page where a name takes room by the square of its size, and the maps by their height. */
  const page = (room: number, title = 1) => {
    const fits = (set: Setting) => set.names * set.legendSize ** 2 + set.mapHeight <= room;
    const measure = (set: Setting) => ({
      titleLines: Math.ceil((title * set.titleSize) / 15),
      fits: fits(set),
    });
    return { fits, measure };
  };

  it('fit, all of them as long as any size has room for them, else as many as have', () => {
    const names = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 12_000 }), names, (room, count) => {
        const { fits, measure } = page(room);
        const setting = arrange({ ...place, names: count }, measure);
        expect(fits(setting)).toBe(true);
        if (setting.names < count) {
          expect(fits({ ...setting, names: setting.names + 1 })).toBe(false);
        }
      }),
    );
  });

  it('are as large as the room allows', () => {
    const sizes = [300, 700, 1500].map(
      (room) => arrange({ ...place, names: 10 }, page(room).measure).legendSize,
    );
    expect(sizes[0]).toBeLessThan(sizes[2]!);
    expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
  });

  it('give a long title two lines, smaller, and three only at the smallest size', () => {
    const sizes = [1, 2, 2.2, 2.6, 4].map(
      (lines) => arrange({ ...place, names: 0 }, page(1000, lines).measure).titleSize,
    );
    expect(sizes).toEqual([15, 15, 13, 11, 11]);
  });
});

it('knows what a map will show before it is drawn', () => {
  fc.assert(
    fc.property(zoom, latitude, (z, lat) => {
      const [west, south, east, north] = shownBounds({ lng: 2, lat }, z, { width: 40, height: 20 });
      const across = distance([west, lat], [east, lat], { units: 'meters' });
      expect(across / (40 * metresPerPx(z, lat))).toBeCloseTo(1, 1);
      expect(south).toBeLessThan(lat);
      expect(north).toBeGreaterThan(lat);
      expect((west + east) / 2).toBeCloseTo(2, 9);
      // Mercator keeps shapes: in the middle as many metres a px down as across.
      const inner = shownBounds({ lng: 2, lat }, 15, { width: 40, height: 20 });
      const down = distance([2, inner[1]], [2, inner[3]], { units: 'meters' });
      expect(down / (20 * metresPerPx(15, lat))).toBeCloseTo(1, 1);
    }),
  );
});
