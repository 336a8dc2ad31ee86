import type { Remark } from './rows.ts';

const shape = /^(?:0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-578])[0-9]{3}$/;

/** Whether this is the INSEE code of a commune: 01001, 2A004, 97105. */
export function isCommuneCode(code: string): boolean {
  return shape.test(code);
}

/**
 * What a spreadsheet does to codes, undone: `1001` → `01001`, `2a004` → `2A004`. Null when no
 * commune code can be made out. The remark is null where nothing was changed.
 */
export function repairCode(raw: string): { code: string; remark: Remark | null } | null {
  const text = raw.trim();
  const code = (/^[0-9]{4}$/.test(text) ? `0${text}` : text).toUpperCase();
  if (!isCommuneCode(code)) return null;
  if (code === text) return { code, remark: null };
  const remark: Remark = {
    kind: 'changed',
    message: `Le code « ${text} » a été lu comme ${code}.`,
    where: code,
  };
  return { code, remark };
}

/** Paris, Marseille and Lyon: code of the commune of a municipal arrondissement, else null. */
export function communeOfArrondissement(code: string): string | null {
  if (/^751(0[1-9]|1[0-9]|20)$/.test(code)) return '75056';
  if (/^132(0[1-9]|1[0-6])$/.test(code)) return '13055';
  if (/^6938[1-9]$/.test(code)) return '69123';
  return null;
}
