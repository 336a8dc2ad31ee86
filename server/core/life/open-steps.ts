/** Steps at which a CPTS is open, in order. */
export const openSteps = [
  'idea',
  'letter_of_intent',
  'territory_accepted',
  'project_submitted',
  'project_validated',
  'aci_signed',
] as const;
export type OpenStep = (typeof openSteps)[number];
