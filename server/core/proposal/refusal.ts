import { counted, frenchNumber } from '../french.ts';

/** Wishes that no plan can meet, found before any search. */
export interface Refusal {
  reason:
    | 'fixed_twice'
    | 'fixed_and_apart'
    | 'together_and_fixed'
    | 'together_and_apart'
    | 'whole_epci_and_apart'
    | 'together_outside'
    | 'together_unreachable'
    | 'together_above_ceiling'
    | 'too_many_territories'
    | 'too_few_territories'
    | 'number_not_found';
  /** the units concerned */
  units: number[];
  /** inhabitants, where they are the reason */
  people?: number;
  /** the number of territories that would do, where their number is the reason */
  possible?: number;
}

/** The refusal in one French sentence; `nameOf` names a unit. */
export function refusalSentence(refusal: Refusal, nameOf: (unit: number) => string): string {
  const names = list(refusal.units.map(nameOf));
  switch (refusal.reason) {
    case 'fixed_twice':
      return `${names} est dans deux territoires à garder tels quels : retirez-la de l’un des deux.`;
    case 'fixed_and_apart':
      return `${names} doivent être séparées, mais un territoire à garder tel quel les contient toutes : levez l’une des deux contraintes.`;
    case 'together_and_fixed':
      return `${names} doivent rester ensemble, mais un territoire à garder tel quel en contient : levez l’une des deux contraintes.`;
    case 'together_and_apart':
      return `${names} doivent être à la fois ensemble et séparées : levez l’une des deux contraintes.`;
    case 'whole_epci_and_apart':
      return `${names} doivent être séparées, mais sont d’une intercommunalité à garder entière : levez l’une des deux contraintes.`;
    case 'together_outside':
      return refusal.units.length > 1
        ? `${names} doivent rester avec d’autres communes, mais sont hors du périmètre : élargissez-le, ou levez la contrainte.`
        : `${names} doit rester avec d’autres communes, mais est hors du périmètre : élargissez-le, ou levez la contrainte.`;
    case 'together_unreachable':
      return `${names} doivent rester ensemble, mais aucun chemin ne les relie dans le périmètre sans franchir une limite imposée, un territoire à garder tel quel ou une commune à séparer d’elles : levez l’une des contraintes.`;
    case 'together_above_ceiling':
      return `${names} doivent rester ensemble, mais avec les communes qui les relient comptent ${counted(refusal.people ?? 0, 'habitant')}, au-dessus du plafond : relevez-le, ou séparez-les.`;
    case 'too_many_territories':
      return `Tant de territoires ne peuvent pas tous atteindre le plancher : demandez-en au plus ${frenchNumber(refusal.possible ?? 0)} (près de ce que les populations permettent, quelques-uns peuvent rester dessous), ou abaissez le plancher.`;
    case 'too_few_territories':
      return `Si peu de territoires dépasseraient le plafond : demandez-en au moins ${frenchNumber(refusal.possible ?? 0)}, ou relevez le plafond.`;
    case 'number_not_found':
      return `Aucun découpage en autant de territoires n’a été trouvé sous le plafond et dans les contraintes : demandez-en ${frenchNumber(refusal.possible ?? 0)}, ce qui a été trouvé, ou levez une contrainte.`;
  }
}

/** The first five named; the others counted. */
function list(names: string[]): string {
  const shown = names.slice(0, 5);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} et ${counted(more, 'autre')}`;
  return shown.length > 1
    ? `${shown.slice(0, -1).join(', ')} et ${shown.at(-1)}`
    : (shown[0] ?? '');
}
