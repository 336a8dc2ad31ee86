import { readCommunes } from '../imports/communes-geojson.ts';
import { findDataFiles } from '../imports/data-directory.ts';
import { fetchCommunes } from '../imports/geo-api.ts';
import { applyPassages, readPassages } from '../imports/passages.ts';
import { referenceSupply } from '../imports/reference-supply.ts';
import type { Region } from '../imports/regions.ts';
import type { OnProgress, SupplyFile, UnitFile } from '../imports/rows.ts';
import { schematicCommunes } from '../imports/schematic/schematic-communes.ts';
import { readSupply } from '../imports/supply.ts';
import { fillEpci, readZonings } from '../imports/zonings.ts';
import { serveTask } from './task.ts';

export interface ReadRegionTask {
  region: Region;
  /** folder of files the user names */
  data: string | null;
  /** base address of the public geo API */
  geoApi: string | null;
  /** folder of downloaded answers */
  cacheDir: string;
}

export interface RegionFiles {
  units: UnitFile;
  supply: SupplyFile;
}

const CONNECT_MS = 4000;

/** The user's files; without them the public geo API; without it the schematic region. */
await serveTask<ReadRegionTask, RegionFiles>(async (task, onProgress) =>
  task.data ? fromFiles(task.data, task.region) : fromElsewhere(task, onProgress),
);

async function fromFiles(data: string, region: Region): Promise<RegionFiles> {
  const files = findDataFiles(data, region);
  const units = files.zonings.reduce(
    (filled, file) => fillEpci(filled, readZonings(file)),
    readCommunes(files.communes, { region }),
  );
  if (files.supply.length === 0) return { units, supply: reference(units) };
  const passages = readPassages(files.passages);
  const known = new Set(units.units.map(({ code }) => code));
  const read: SupplyFile[] = [];
  for (const file of files.supply) read.push(await readSupply(file));
  const { rows, remarks } = applyPassages(
    read.flatMap((file) => file.rows),
    passages,
    known,
    { since: null, until: units.year },
  );
  const supply = {
    source: read.map(({ source }) => source).join(' ; '),
    rows,
    remarks: [...read.flatMap((file) => file.remarks), ...remarks],
  };
  return { units, supply };
}

async function fromElsewhere(
  { region, geoApi, cacheDir }: ReadRegionTask,
  onProgress: OnProgress,
): Promise<RegionFiles> {
  const units = await fromGeoApi(region, geoApi, cacheDir, onProgress);
  return { units, supply: reference(units) };
}

async function fromGeoApi(
  region: Region,
  base: string | null,
  cacheDir: string,
  onProgress: OnProgress,
): Promise<UnitFile> {
  if (base === null) return schematicCommunes(region);
  try {
    return await fetchCommunes({ base, region, cacheDir, connectMs: CONNECT_MS, onProgress });
  } catch (error) {
    // Without internet the program still works, and says on what.
    const file = schematicCommunes(region);
    const message = error instanceof Error ? error.message : String(error);
    return { ...file, remarks: [{ kind: 'note', message }, ...file.remarks] };
  }
}

function reference({ region, units }: UnitFile): SupplyFile {
  return referenceSupply(region, units);
}
