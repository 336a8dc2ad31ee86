import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apportion } from '../../server/core/flows/apportion.ts';
import { seededRandom } from '../../server/core/random.ts';
import type { Database } from '../../server/db/database.ts';
import { divisionRepository } from '../../server/db/repositories/divisions.ts';
import { setFlowRepository } from '../../server/db/repositories/set-flows.ts';
import { unitRepository } from '../../server/db/repositories/units.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { importSubdivisions } from '../../server/usecases/divisions/import-subdivisions.ts';
import { engines, openTestDatabase } from '../support/databases.ts';
import {
  type DrawnSpecialty,
  drawMatrices,
  insertMatrices,
  type Places,
} from '../support/random-flows.ts';
import { codeAt } from '../support/small-region.ts';
import { ORLEANS, quarters } from '../support/subdivisions.ts';

// The divided commune first, so that the drawn blocks hold it; then what is no unit.
const loaded = [ORLEANS, ...Array.from({ length: 23 }, (_, i) => codeAt(i % 8, Math.floor(i / 8)))];
const places: Places = {
  code: [...new Set(loaded), '99001', '99002', '99003', '99004'],
  population: [],
  loaded: [...new Set(loaded)].map(() => 1),
};

describe.each(engines)('what sets send to sets, on %s', (engine) => {
  let db: Database;
  let vintage: string;
  let dataset: number;
  let drawn: DrawnSpecialty[];
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    vintage = (await vintageRepository(db.kysely).ofRegion('24'))?.id ?? '';
    drawn = drawMatrices({ seed: 4, specialties: 3, blocks: 4, fractions: true }, places);
    dataset = await insertMatrices(db.kysely, vintage, drawn, places);
  });
  afterAll(async () => {
    await db.close();
  });

  /** Sums flow by flow, over the leaves that the flows were shared out to. */
  async function agree(specialty: string, seed: number): Promise<void> {
    const chosen = drawn.filter(({ key }) => specialty === 'all' || key === specialty);
    const columns = apportion(
      {
        origin: chosen.flatMap(({ origins }) => origins.map((at) => places.code[at]!)),
        destination: chosen.flatMap(({ destinations }) =>
          destinations.map((at) => places.code[at]!),
        ),
        patients: chosen.flatMap(({ patients }) => patients),
        masked: chosen.flatMap(({ masked }) => masked),
      },
      await divisionRepository(db.kysely).shares(vintage),
    );
    const { code } = await unitRepository(db.kysely).leaves(vintage);
    const random = seededRandom(seed);
    const draw = () => code.filter(() => random() < 0.4);
    const [from, to] = [
      [draw(), draw(), []],
      [draw(), draw()],
    ];
    const found = await setFlowRepository(db.kysely).sent(
      { dataset, specialty, vintage },
      from,
      to,
    );
    const sum = (units: string[], care: string[] | null) => {
      const total = { patients: 0, masked: 0 };
      columns.origin.forEach((origin, f) => {
        if (!units.includes(origin)) return;
        if (care && !care.includes(columns.destination[f]!)) return;
        total.patients += columns.patients[f]!;
        total.masked += columns.masked![f]!;
      });
      return total;
    };
    let seen = 0;
    from.forEach((units, set) => {
      const close = ({ patients, masked }: { patients: number; masked: number }) => ({
        patients: expect.closeTo(patients, 6),
        masked: expect.closeTo(masked, 6),
      });
      expect(found.all[set]).toEqual(close(sum(units, null)));
      to.forEach((care, other) => {
        const sent = found.to[set]!.get(other) ?? { patients: 0, masked: 0 };
        expect(sent).toEqual(close(sum(units, care)));
        seen += sent.patients + sent.masked;
      });
    });
    expect(seen).toBeGreaterThan(0);
  }

  test('they are the sums of the flows, masked cells apart, whole or divided', async () => {
    for (const [k, specialty] of ['all', 's1', 'all'].entries()) await agree(specialty, k + 1);
    await importSubdivisions(db.kysely, vintage, quarters(), null, 'officer');
    expect((await divisionRepository(db.kysely).shares(vintage)).length).toBe(1);
    for (const [k, specialty] of ['all', 's0'].entries()) await agree(specialty, k + 7);
  });
});
