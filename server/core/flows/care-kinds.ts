import type { CareKind } from '../../contracts/flow-words.ts';

export const careKindLabels: Record<CareKind, string> = {
  general: 'Médecine générale',
  specialist: 'Médecins spécialistes',
  other: 'Autres soins',
};

const ORDER: readonly CareKind[] = ['general', 'specialist', 'other'];

const GENERAL = /medecine?s?-general|^generalistes?$|omnipratic/;

/** Beginnings of words, as extracts and `data/professions.csv` name what no physician does. */
const OTHER = new RegExp(
  `(^|-)(${[
    ...['dent', 'odonto', 'orthodont', 'sage-femme', 'sages-femmes', 'maieutic'],
    ...['infirm', 'kine', 'masseu', 'orthophon', 'orthopt', 'pedicur', 'podolog', 'audioproth'],
    ...['ergotherap', 'psychomotr', 'psycholog', 'dietet', 'opticien', 'auxiliaire', 'paramedic'],
    ...['pharmac', 'laboratoire', 'biolog', 'ambulanc', 'transport', 'taxi', 'fournisseur'],
    ...['sejour', 'hospitalis', 'hebergement', 'etablissement', 'urgences', 'maternite', 'dialyse'],
    ...['centre', 'maison', 'soins'],
  ].join('|')})`,
);

/**
 * General practice, the other physicians, or neither, told from the key of a specialty, which is a plain
 * slug of what the extract calls it: « medecin-generaliste », « rhumatologie », « infirmier ». A name
 * that tells neither is a physician's: extracts hold more medical specialties than Maillage knows.
 */
export function careKind(key: string): CareKind {
  if (GENERAL.test(key)) return 'general';
  return OTHER.test(key) ? 'other' : 'specialist';
}

/** The kinds of care that specialties are of. */
export function careKinds(specialties: readonly { key: string }[]): CareKind[] {
  return inTellingOrder(specialties.map(({ key }) => careKind(key)));
}

/** Each kind once, in the order in which they are told. */
export function inTellingOrder(kinds: readonly CareKind[]): CareKind[] {
  return ORDER.filter((kind) => kinds.includes(kind));
}
