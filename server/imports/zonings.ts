import { frenchNumber } from '../core/french.ts';
import { codeColumns, findColumn, requireColumn } from './columns.ts';
import { repairCode } from './commune-code.ts';
import { readEpci } from './commune-columns.ts';
import { readTable } from './csv-table.ts';
import type { UnitFile } from './rows.ts';

/** What a commune belongs to, in one vintage. */
export interface Zoning {
  /** SIREN; null where the commune is in none */
  epci: string | null;
  /** zone d'emploi 2020 */
  employmentZone: string | null;
  /** bassin de vie 2022 */
  livingArea: string | null;
}

/** Reads INSEE's table of zonings (`CODGEO … EPCI ZE2020 BV2022`): commune code → zoning. */
export function readZonings(file: string): Map<string, Zoning> {
  const { columns, rows, name } = readTable(file);
  const code = requireColumn(columns, codeColumns, {
    file: name,
    what: 'le code INSEE des communes',
    code: 'no_code_column',
  });
  const epci = findColumn(columns, ['EPCI', 'SIREN_EPCI', 'code_epci']);
  const employmentZone = findColumn(columns, ['ZE2020', 'ZE']);
  const livingArea = findColumn(columns, ['BV2022', 'BV2012', 'BV']);
  const zonings = new Map<string, Zoning>();
  for (const { cells } of rows) {
    const repaired = repairCode(cells[code] ?? '');
    // Totals and notes below a table are no reason to refuse it: only communes are looked up.
    if (repaired === null) continue;
    zonings.set(repaired.code, {
      epci: readEpci(cells[epci]),
      employmentZone: cells[employmentZone] || null,
      livingArea: cells[livingArea] || null,
    });
  }
  return zonings;
}

/** The same communes, with the EPCI of the zonings where their own file has none. */
export function fillEpci(file: UnitFile, zonings: ReadonlyMap<string, Zoning>): UnitFile {
  let filled = 0;
  const units = file.units.map((unit) => {
    const epci = unit.epci ?? zonings.get(unit.code)?.epci ?? null;
    if (epci !== unit.epci) filled += 1;
    return epci === unit.epci ? unit : { ...unit, epci };
  });
  if (filled === 0) return file;
  const message = `L’EPCI de ${frenchNumber(filled)} communes, absent du fichier des communes, vient de la table des zonages.`;
  return { ...file, units, remarks: [...file.remarks, { kind: 'note', message }] };
}
