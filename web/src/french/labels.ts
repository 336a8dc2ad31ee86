import type { CptsStatus } from '../../../server/contracts/cpts.ts';
import type { BandReason, RunStatus } from '../../../server/contracts/proposals.ts';

export const statusLabels: Record<CptsStatus, string> = {
  idea: 'Idée',
  letter_of_intent: 'Lettre d’intention',
  territory_accepted: 'Territoire accepté',
  project_submitted: 'Projet de santé déposé',
  project_validated: 'Projet de santé validé',
  aci_signed: 'Contrat ACI signé',
  closed: 'Close',
};

export const runStatusLabels: Record<RunStatus, string> = {
  queued: 'en attente',
  running: 'en cours',
  done: 'terminée',
  failed: 'en échec',
  cancelled: 'annulée',
  interrupted: 'interrompue',
};

/** Why a proposed territory stays out of the band. */
export const reasonLabels: Record<BandReason, string> = {
  commune_above_ceiling:
    'Commune plus peuplée que le plafond\u00a0: elle forme un territoire seule.',
  surrounded: 'Aucun voisin ne peut l’accueillir sans dépasser le plafond.',
  island: 'Ensemble isolé, trop peu peuplé à lui seul.',
  locked_in: 'Trop peu peuplé\u00a0: une limite imposée ou des territoires gardés l’entourent.',
  fixed: 'Territoire gardé tel quel.',
  no_count_fits: 'Aucun nombre de territoires n’y tient entre le plancher et le plafond.',
  not_found: 'Aucun découpage dans la fourchette n’a été trouvé.',
};
