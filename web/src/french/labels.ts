import type { CptsStatus } from '../../../server/contracts/cpts.ts';
import type {
  BindingConstraint,
  MoveObstacle,
  MoveWeight,
} from '../../../server/contracts/proposal-explanations.ts';
import type { BandReason, RunStatus } from '../../../server/contracts/proposals.ts';
import { cptsStatusLabels } from '../../../server/core/cpts-status-labels.ts';
import { bandReasonLabels } from '../../../server/core/proposal/band-reason-labels.ts';

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
export const reasonLabels: Record<BandReason, string> = bandReasonLabels;

/** What keeps a territory from holding more care. */
export const bindingLabels: Record<BindingConstraint, string> = {
  ceiling: 'Son plafond\u00a0: il n’a pas la place d’une commune qui gagnerait à le rejoindre.',
  floor: 'Son plancher\u00a0: il ne peut pas céder une commune qui gagnerait à partir.',
  neighbour_ceiling:
    'Le plafond d’un voisin, qui n’a pas la place d’une commune qui gagnerait à partir d’ici.',
  neighbour_floor:
    'Le plancher d’un voisin, qui ne peut pas céder une commune qui gagnerait à le rejoindre.',
  contiguity: 'La continuité\u00a0: un échange utile couperait un territoire en morceaux.',
  locked: 'Un verrou\u00a0: une commune qui gagnerait à changer est tenue.',
  wall: 'Un mur\u00a0: une limite imposée traverse un échange qui serait utile.',
  count: 'Le nombre de territoires imposé empêche de le réunir à un voisin.',
  border: 'La compacité demandée, qui l’emporte sur les soins qu’un échange garderait.',
  epci: 'Les intercommunalités à garder entières, qui l’emportent sur les soins d’un échange.',
  target: 'La population visée, qui l’emporte sur les soins qu’un échange garderait.',
  poles: 'Les pôles à séparer, qui l’emportent sur les soins qu’un échange garderait.',
  search:
    'Rien n’empêche un échange utile\u00a0: le calcul ne l’a pas trouvé, plus d’effort le peut.',
};

/** Rules that the move of a commune would break. */
export const obstacleLabels: Record<MoveObstacle, string> = {
  ceiling: 'dépasserait le plafond',
  floor: 'laisserait l’autre sous le plancher',
  contiguity: 'couperait un territoire en morceaux',
  locked: 'commune tenue par un verrou',
  wall: 'franchirait une limite imposée',
  count: 'changerait le nombre de territoires imposé',
};

/** Weights that outweigh the care a move would gain. */
export const moveWeightLabels: Record<MoveWeight, string> = {
  border: 'la compacité',
  epci: 'les intercommunalités entières',
  target: 'la population visée',
  poles: 'les pôles séparés',
};
