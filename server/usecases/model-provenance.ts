import type { GravityParameters, GravityValues } from '../core/flows/gravity-parameters.ts';
import { counted, frenchNumber } from '../core/french.ts';

/** What a set of modelled flows rests on, for its name, its provenance and whoever rereads it. */
export interface ModelStory {
  parameters: GravityParameters;
  supplySource: string | null;
  /** labels of the specialties that have their own values */
  labels: ReadonlyMap<string, string>;
  travel: {
    file: string;
    /** communes whose residents reach no practitioner of some specialty */
    withoutWay: number;
  } | null;
  /** the extract that the values were fitted on */
  calibratedOn: { id: number; name: string } | null;
}

/** « Flux modélisés (Huff, α = 0,7, β = 8 km) » */
export function modelName({ parameters, travel }: ModelStory): string {
  const own = Object.keys(parameters.specialties).length;
  const more = own > 0 ? `, ${counted(own, 'spécialité')} à part` : '';
  return `Flux modélisés (Huff, ${said(parameters, travel !== null)}${more})`;
}

/** French sentences that say everything the flows were made from. */
export function modelProvenance(story: ModelStory): string {
  const { parameters, labels, travel, calibratedOn, supplySource } = story;
  const own = Object.entries(parameters.specialties).map(
    ([key, values]) => `${labels.get(key) ?? key} (${said(values, travel !== null)})`,
  );
  const distances = travel
    ? `des temps de trajet du fichier « ${travel.file} »`
    : 'des distances à vol d’oiseau';
  const sentences = [
    `Flux modélisés (modèle de Huff) à partir de la population, de l’offre et ${distances}, avec ${said(parameters, travel !== null)}${own.length > 0 ? `, sauf ${own.join(', ')}` : ''} ; ${counted(parameters.destinations, 'destination')} au plus par commune et spécialité.`,
  ];
  if (calibratedOn) {
    sentences.push(
      `Valeurs calées sur le jeu de flux n° ${calibratedOn.id} (« ${calibratedOn.name} »).`,
    );
  }
  if (travel && travel.withoutWay > 0) {
    sentences.push(
      `Faute de trajet donné, les habitants de ${counted(travel.withoutWay, 'commune')} n’ont pas de flux pour une spécialité au moins.`,
    );
  }
  return [...sentences, `${supplySource ?? 'Offre inconnue'}.`].join(' ');
}

function said({ alpha, beta }: GravityValues, minutes: boolean): string {
  return `α = ${frenchNumber(alpha)}, β = ${frenchNumber(beta)} ${minutes ? 'min' : 'km'}`;
}
