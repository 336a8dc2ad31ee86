import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { type MaskedFlows, maskedFlows } from '../../server/core/poles/masked-flows.ts';
import { seededRandom } from '../../server/core/random.ts';
import type { Database } from '../../server/db/database.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowRepository } from '../../server/db/repositories/flows.ts';
import type { Schema } from '../../server/db/schema.ts';
import { importFlows } from '../../server/usecases/import-flows.ts';

/** Places in the order of their codes; those without an entry in `loaded` are outside. */
export interface Places {
  code: string[];
  population: number[];
  loaded: number[];
}

/**
 * Many small matrices in one dataset: each specialty holds `blocks` groups of communes that
 * exchange with each other only, so that a few analyses try thousands of matrices.
 */
export interface Draw {
  seed: number;
  specialties: number;
  blocks: number;
  /** cells split by a ratio, and weights other than 1 */
  fractions: boolean;
  /** communes of a block, six when not given; an outside commune comes in addition */
  places?: number;
  /** what known patients and weights are multiplied by, 1 when not given */
  times?: number;
  /** imported from a file, which holds no fraction and no flow between outside communes */
  imported?: boolean;
}

export interface DrawnSpecialty {
  key: string;
  weight: number;
  flows: MaskedFlows;
  origins: number[];
  destinations: number[];
  patients: number[];
  masked: number[];
}

/** Small whole counts make ties common; zeros, masked cells and self-flows happen. */
export function drawMatrices(draw: Draw, { code, loaded }: Places): DrawnSpecialty[] {
  const random = seededRandom(draw.seed);
  const below = (n: number) => Math.floor(random() * n);
  const width = draw.places ?? 6;
  const times = draw.times ?? 1;
  return Array.from({ length: draw.specialties }, (_, s) => {
    const cells = new Map<string, [number, number, number, number]>();
    for (let block = 0; block < draw.blocks; block++) {
      const most = 1 + below(3) * 6;
      const size = below(4 * width);
      const place = () => {
        const at = below(width + (width > 1 ? 1 : 0));
        return at === width ? loaded.length + block : block * width + at;
      };
      for (let k = 0; k < size; k++) {
        const [origin, destination] = [place(), place()];
        const isMasked = below(3) === 0;
        if (draw.imported && origin >= loaded.length && destination >= loaded.length) continue;
        const known = times * (isMasked && below(3) > 0 ? 0 : below(most));
        const masked = isMasked ? (draw.fractions ? (1 + below(3)) * 0.4 : 1 + below(2)) : 0;
        cells.set(`${origin} ${destination}`, [origin, destination, known, masked]);
      }
    }
    const rows = [...cells.values()];
    const column = (at: 0 | 1 | 2 | 3) => rows.map((row) => row[at]);
    const [origins, destinations, patients, masked] = [column(0), column(1), column(2), column(3)];
    return {
      key: `s${s}`,
      weight:
        times *
        (draw.fractions || (draw.imported && draw.seed % 4 === 1)
          ? [0, 0.5, 1, 1, 2, 2.5][below(6)]!
          : 1),
      flows: maskedFlows(code.length, origins, destinations, patients, masked),
      origins,
      destinations,
      patients,
      masked,
    };
  });
}

/** The same through a file: of one flow, its known patients and each masked cell have a line. */
export async function importMatrices(
  db: Database,
  vintage: string,
  specialties: DrawnSpecialty[],
  { code }: Places,
): Promise<number> {
  const lines = specialties.flatMap(({ key, origins, destinations, patients, masked }) =>
    origins.flatMap((origin, at) => {
      const ends = `${code[origin]};${code[destinations[at]!]};${key}`;
      const cells = Array.from({ length: masked[at]! }, () => `${ends};NS`);
      return [`${ends};${patients[at]}`, ...cells];
    }),
  );
  const folder = mkdtempSync(join(tmpdir(), 'maillage-drawn-'));
  try {
    const file = join(folder, 'tirage.csv');
    writeFileSync(file, ['residence;soins;specialite;patients', ...lines, ''].join('\n'));
    const { dataset } = await importFlows(db, {
      file,
      vintage: { id: vintage, region_name: 'Région', year: null },
      mapping: {
        origin: 'residence',
        destination: 'soins',
        specialty: 'specialite',
        patients: 'patients',
      },
      passages: [],
      name: null,
      year: null,
      rejected: 'refuse',
    });
    return dataset;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function insertMatrices(
  db: Kysely<Schema>,
  vintage: string,
  specialties: DrawnSpecialty[],
  { code }: Places,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const datasets = flowDatasetRepository(tx);
    const dataset = await datasets.insert({
      vintage,
      kind: 'extract',
      name: 'essai',
      provenance: 'tirage',
      parameters: {},
    });
    const codes = (places: number[]) => places.map((at) => code[at] ?? '');
    for (const { key, origins, destinations, patients, masked } of specialties) {
      await flowRepository(tx).insert(dataset, key, {
        origin: codes(origins),
        destination: codes(destinations),
        patients,
        masked,
      });
    }
    await datasets.describeSpecialties(dataset, new Map(specialties.map(({ key }) => [key, key])));
    return dataset;
  });
}
