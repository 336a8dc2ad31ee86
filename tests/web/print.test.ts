import { distance } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourGroups } from '../../web/src/print/content.ts';
import { printedZoom } from '../../web/src/print/paper.ts';
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
