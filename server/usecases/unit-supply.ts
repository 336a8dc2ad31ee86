import type { Kysely } from 'kysely';
import type { Distances } from '../core/flows/costs.ts';
import type { TravelTable } from '../core/flows/travel-table.ts';
import { supplyRepository } from '../db/repositories/supply.ts';
import { type UnitColumns, unitRepository } from '../db/repositories/units.ts';
import type { Schema } from '../db/schema.ts';

/** What flows are modelled from: the units of a vintage and the practitioners in each. */
export interface UnitSupply {
  units: UnitColumns;
  /** number of each unit code */
  index: ReadonlyMap<string, number>;
  specialties: {
    key: string;
    label: string;
    /** practitioners by unit number */
    supply: Float64Array;
  }[];
}

export async function readUnitSupply(db: Kysely<Schema>, vintage: string): Promise<UnitSupply> {
  const units = await unitRepository(db).communes(vintage);
  const index = new Map(units.code.map((code, i) => [code, i]));
  const specialties = await supplyRepository(db).specialties(vintage);
  return {
    units,
    index,
    specialties: specialties.map(({ key, label, units: codes, counts }) => {
      const supply = new Float64Array(units.code.length);
      codes.forEach((code, k) => {
        supply[index.get(code) ?? -1] = counts[k] ?? 0;
      });
      return { key, label, supply };
    }),
  };
}

/** By travel times where the user has them, else as the crow flies. */
export function distancesOf({ lon, lat }: UnitColumns, table: TravelTable | undefined): Distances {
  return table ?? { kind: 'straight-line', lon, lat };
}
