import { referenceTable } from './reference-data.ts';

/** Specialties are those whose flows are modelled; the others describe the supply. */
type ProfessionKind =
  | 'specialty'
  | 'gp'
  | 'dentist'
  | 'midwife'
  | 'nurse'
  | 'physiotherapist'
  | 'paramedic'
  | 'pharmacy'
  | 'facility';

export interface Profession {
  /** stable: `cardiologie` */
  key: string;
  /** French */
  label: string;
  kind: ProfessionKind;
  /** column of the wide BPE tables */
  bpeLabel: string;
  /** FACILITY_TYPE of the long ones, over the vintages */
  bpeCodes: string[];
  /** how extracts abbreviate it */
  short: string[];
}

let loaded: Profession[] | undefined;

/** The rows of `data/professions.csv`, the twelve specialties first. */
export function readProfessions(): readonly Profession[] {
  loaded ??= referenceTable('professions.csv').rows.map(({ cells }) => {
    const [key = '', label = '', kind = '', bpeLabel = '', bpeCode = '', short = ''] = cells;
    return {
      key,
      label,
      kind: kind as ProfessionKind,
      bpeLabel,
      bpeCodes: bpeCode.split(' '),
      short: short.split(' ').filter(Boolean),
    };
  });
  return loaded;
}

/** Keys of the twelve specialties. */
export function specialtyKeys(): string[] {
  return readProfessions()
    .filter((profession) => profession.kind === 'specialty')
    .map((profession) => profession.key);
}
