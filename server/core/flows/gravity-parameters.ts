/** How supply and distance count in Huff's model. */
export interface GravityValues {
  /** exponent of supply */
  alpha: number;
  /** decay with distance: km, or minutes with a table of travel times */
  beta: number;
}

/** What flows are modelled with. */
export interface GravityParameters extends GravityValues {
  /** destinations kept for each commune and specialty */
  destinations: number;
  /** specialties that have their own values, by key */
  specialties: Readonly<Record<string, GravityValues>>;
}

/** Values that came close to a published map of Centre-Val de Loire (domain: Huff model). */
export const defaultGravity: GravityParameters = {
  alpha: 0.7,
  beta: 8,
  destinations: 12,
  specialties: {},
};

/** The values of one specialty: its own, else those of all. */
export function valuesOf(parameters: GravityParameters, specialty: string): GravityValues {
  const { alpha, beta, specialties } = parameters;
  return Object.hasOwn(specialties, specialty) ? specialties[specialty]! : { alpha, beta };
}
