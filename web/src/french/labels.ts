import type { CptsStatus } from '../../../server/contracts/cpts.ts';
import type {
  BindingConstraint,
  MoveObstacle,
} from '../../../server/contracts/proposal-explanations.ts';
import type { BandReason, RunStatus } from '../../../server/contracts/proposals.ts';
import { cptsStatusLabels } from '../../../server/core/cpts-status-labels.ts';

export const statusLabels: Record<CptsStatus, string> = cptsStatusLabels;

/** Inside a sentence. */
export const statusInText = (status: CptsStatus) =>
  statusLabels[status].charAt(0).toLowerCase() + statusLabels[status].slice(1);

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

/** What keeps a territory from holding more care. */
export const bindingLabels: Record<BindingConstraint, string> = {
  ceiling: 'Le plafond\u00a0: il n’a pas la place d’une commune qui gagnerait à le rejoindre.',
  floor: 'Le plancher\u00a0: il ne peut pas céder une commune qui gagnerait à partir.',
  contiguity: 'La continuité\u00a0: un échange utile le couperait en morceaux.',
  locked: 'Un verrou\u00a0: une commune qui gagnerait à changer est tenue.',
  wall: 'Un mur\u00a0: une limite imposée le sépare de communes qui gagneraient à le rejoindre.',
  count: 'Le nombre de territoires imposé empêche de le réunir à un voisin.',
};

/** Rules that the move of a commune would break. */
export const obstacleLabels: Record<MoveObstacle, string> = {
  ceiling: 'dépasserait le plafond',
  floor: 'laisserait l’autre sous le plancher',
  contiguity: 'couperait un territoire en morceaux',
  locked: 'commune tenue par un verrou',
  wall: 'franchirait une limite imposée',
};
