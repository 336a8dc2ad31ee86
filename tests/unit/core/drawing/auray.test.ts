import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aciSizeOf, readAciScale } from '../../../../server/core/drawing/aci-sizes.ts';
import { figuresOf } from '../../../../server/core/drawing/figures.ts';
import { drawingGround } from '../../../../server/core/drawing/ground.ts';
import { Territory } from '../../../../server/core/drawing/territory.ts';
import { readCommunes } from '../../../../server/imports/communes-geojson.ts';
import { findRegion } from '../../../../server/imports/regions.ts';
import { sharedData } from '../../../support/shared-data.ts';

const data = sharedData();

describe.skipIf(data === null)(
  'the CPTS du Pays d’Auray, 23 communes and 85,799 inhabitants',
  () => {
    it('is one EPCI whole but for a commune, paid as was published', () => {
      const file = join(data ?? '', 'communes/bretagne-2023.geojson');
      const { units } = readCommunes(file, { region: findRegion('bretagne') });
      const ground = drawingGround(
        {
          population: units.map(({ population }) => population),
          areaKm2: units.map(() => 1),
          epci: units.map(({ epci }) => epci),
        },
        { a: [], b: [], lengthM: [] },
      );
      const auray = units.findIndex(({ name }) => name === 'Auray');
      const whole = ground.epciUnits[ground.epci[auray]!]!;
      const territory = new Territory(ground);
      territory.become(new Set(whole));
      expect(figuresOf(territory)).toMatchObject({ communes: 24, epci: { touched: 1, whole: 1 } });
      territory.toggle(units.findIndex(({ name }) => name === 'Camors'));
      const { communes, population, epci } = figuresOf(territory);
      expect([communes, epci]).toEqual([23, { touched: 1, whole: 0 }]);
      // Of another year than the published figure.
      expect(Math.abs(population - 85_799)).toBeLessThan(500);
      const scale = readAciScale(readFileSync('data/aci-sizes.csv', 'utf8'));
      expect(aciSizeOf(scale, population)).toMatchObject({
        size: 3,
        running: 75_000,
        without: 315_000,
      });
    });
  },
);
