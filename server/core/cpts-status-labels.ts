/** Steps of a CPTS as they are called, in the page and in the files it gives. */
export const cptsStatusLabels = {
  idea: 'Idée',
  letter_of_intent: 'Lettre d’intention',
  territory_accepted: 'Territoire accepté',
  project_submitted: 'Projet de santé déposé',
  project_validated: 'Projet de santé validé',
  aci_signed: 'Contrat ACI signé',
  closed: 'Close',
} as const;
