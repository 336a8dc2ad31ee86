import fc from 'fast-check';
import type { MultiPolygon, Position } from 'geojson';
import type { ExportedTerritory } from '../../../server/exports/territory.ts';

const square = (x: number, y: number, side: number): Position[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];

/** Squares apart from each other, some with a hole, in the Loiret. */
const outline: fc.Arbitrary<MultiPolygon> = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 4 })
  .map((holed) => ({
    type: 'MultiPolygon',
    coordinates: holed.map((hole, k) => {
      const around = square(2 + k / 4, 47.5, 0.2);
      // RFC 7946: holes turn the other way.
      return hole ? [around, square(2.05 + k / 4, 47.55, 0.1).reverse()] : [around];
    }),
  }));

const code = fc.oneof(
  fc.integer({ min: 1, max: 999 }).map((n) => `45${String(n).padStart(3, '0')}`),
  fc.integer({ min: 1, max: 999 }).map((n) => `01${String(n).padStart(3, '0')}`),
  fc.integer({ min: 1, max: 999 }).map((n) => `2A${String(n).padStart(3, '0')}`),
  fc.integer({ min: 1, max: 9999 }).map((n) => `45234${String(n).padStart(4, '0')}`),
);

/** Names of French people, of pranksters, and of those who write formulas. */
const name = fc.oneof(
  fc.constantFrom('CPTS du Pays d’Auray', 'Été ; à « Œuilly »', '=1+1', '-2', '+33', '@ici', '"x"'),
  fc
    .string({ unit: 'binary', minLength: 2, maxLength: 60 })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a name has none
    .map((text) => text.replace(/[\u0000-\u001f\u007f-\u009f\s\ufeff\ufffe\uffff]+/g, ' ').trim())
    .filter((text) => text.length >= 2 && !text.startsWith("'")),
);

const territory: fc.Arbitrary<ExportedTerritory> = fc
  .record({
    name,
    status: fc.constantFrom('Idée', 'Territoire accepté'),
    outline,
    codes: fc.uniqueArray(code, { minLength: 1, maxLength: 120 }),
  })
  .map(({ codes, ...rest }) => {
    const units = [...codes].sort().map((each, k) => ({
      code: each,
      name: `=Saint-Éloi ${k}`,
      population: 100 + k,
    }));
    const population = units.reduce((sum, unit) => sum + unit.population, 0);
    return { ...rest, units, population };
  });

/** Several territories of different names. */
export const territories = fc.uniqueArray(territory, {
  minLength: 1,
  maxLength: 4,
  selector: (one) => one.name,
});
