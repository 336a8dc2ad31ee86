import type { Kysely } from 'kysely';
import { counted } from '../../core/french.ts';
import { divisionRepository } from '../../db/repositories/divisions.ts';
import type { Schema } from '../../db/schema.ts';
import type { Remark } from '../../imports/rows.ts';
import type {
  SubdivisionFile,
  SubdivisionRow,
} from '../../imports/subdivisions/read-subdivisions.ts';

export interface DividedCommune {
  code: string;
  name: string;
  population: number;
  rows: SubdivisionRow[];
}

/** Communes of a file that may be divided: loaded, whole, of two parts or more, and wanted. */
export async function chooseCommunes(
  db: Kysely<Schema>,
  vintage: string,
  { rows }: SubdivisionFile,
  wanted: string[] | null,
): Promise<{ communes: DividedCommune[]; remarks: Remark[] }> {
  const byCommune = partsByCommune(rows);
  const loaded = await divisionRepository(db).communes(vintage, [...byCommune.keys()]);
  const isWanted = wanted && new Set(wanted);
  const known = new Set(loaded.map(({ code }) => code));
  const remarks: Remark[] = [];
  const tell = (kind: Remark['kind'], message: string, where?: string) =>
    remarks.push({ kind, message, ...(where === undefined ? {} : { where }) });

  const strange = [...byCommune.keys()].filter((code) => !known.has(code));
  if (strange.length > 0) {
    tell(
      isWanted || known.size > 0 ? 'note' : 'rejected',
      `${counted(strange.length, 'commune')} du fichier (${strange.slice(0, 3).join(', ')}${strange.length > 3 ? '…' : ''}) ${strange.length > 1 ? 'ne sont pas chargées' : 'n’est pas chargée'} : leurs subdivisions ont été laissées de côté.`,
    );
  }
  const alone = loaded.filter(({ code }) => byCommune.get(code)!.length < 2);
  if (alone.length > 0) {
    tell(
      'note',
      `${counted(alone.length, 'commune')} d’une seule partie ${alone.length > 1 ? 'restent entières' : 'reste entière'}.`,
    );
  }
  const communes: DividedCommune[] = [];
  for (const { code, name, population, leaf } of loaded) {
    const parts = byCommune.get(code)!;
    if (parts.length < 2 || (isWanted && !isWanted.has(code))) continue;
    if (leaf) communes.push({ code, name, population, rows: parts });
    else {
      tell(
        'rejected',
        `${name} (${code}) est déjà divisée : retirez d’abord ses subdivisions pour en charger d’autres.`,
        code,
      );
    }
  }
  return { communes, remarks };
}

export function partsByCommune(rows: readonly SubdivisionRow[]): Map<string, SubdivisionRow[]> {
  const parts = new Map<string, SubdivisionRow[]>();
  for (const row of rows) {
    const known = parts.get(row.commune);
    if (known) known.push(row);
    else parts.set(row.commune, [row]);
  }
  return parts;
}
