/** Steps of a CPTS as they are called, in the page and in messages. */
export const stepLabels = {
  send_letter: 'Envoyer la lettre d’intention',
  accept_territory: 'Accepter le territoire',
  deposit_project: 'Déposer le projet de santé',
  validate_project: 'Valider le projet de santé',
  oppose: 'S’opposer',
  sign_contract: 'Signer le contrat ACI',
  withdraw: 'Retirer l’envoi',
  close: 'Clore',
} as const;
