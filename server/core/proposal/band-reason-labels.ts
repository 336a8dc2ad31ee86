import type { BandReason } from '../../contracts/proposals.ts';

/** Why a proposed territory stays out of the band, in the page and in the commands. */
export const bandReasonLabels: Record<BandReason, string> = {
  commune_above_ceiling:
    'Commune plus peuplée que le plafond\u00a0: elle forme un territoire seule.',
  surrounded: 'Aucun voisin ne peut l’accueillir sans dépasser le plafond.',
  island: 'Ensemble isolé, trop peu peuplé à lui seul.',
  locked_in: 'Trop peu peuplé\u00a0: une limite imposée ou des territoires gardés l’entourent.',
  fixed: 'Territoire gardé tel quel.',
  no_count_fits: 'Aucun nombre de territoires n’y tient entre le plancher et le plafond.',
  not_found: 'Aucun découpage dans la fourchette n’a été trouvé.',
};
