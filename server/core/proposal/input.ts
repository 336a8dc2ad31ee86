import type { FlowMatrix } from '../flows/matrix.ts';
import type { Adjacency } from '../graph/adjacency.ts';

/**
 * What is wanted of a plan besides care kept inside, each as how much of it is worth as much as all
 * the flow: at weight 0.1, all the border kept inside is worth a tenth of the flow kept inside. 0 (the
 * default of each) leaves it out.
 */
interface Weights {
  /**
   * Compact territories: share of the length of the borders between units that is inside territories.
   * 0.1 buys about 5 points of compactness (Polsby–Popper) for half a point of flow.
   */
  border?: number;
  /**
   * Intercommunalités not cut without reason: chance that two inhabitants of one EPCI live in one
   * territory, over all EPCI by their inhabitants (Σ p² / P of the pieces of each).
   */
  epci?: number;
  /**
   * Territories near the target population: less what they differ from it, Σ (P − target)² over
   * (target × inhabitants), so that it does not depend on how many they are. Both sum over what is
   * divided: what is set apart before (kept as it is, a commune above the ceiling, an island) counts in neither.
   */
  target?: number;
  /**
   * Poles each in a different territory: less the share of poles that share theirs with another, of
   * those in what is divided.
   */
  poles?: number;
}

/** What the search may not undo. Units are named by index. */
interface Locks {
  /** existing CPTS and other sets kept as territories just as they are, in the band or not, in one piece or not */
  fixed?: readonly (readonly number[])[];
  /**
   * sets of units that must end in one territory. A set that is not in one piece is joined by the
   * fewest units that connect it, which are then locked with it.
   */
  together?: readonly (readonly number[])[];
  /** pairs of units that must end in two territories */
  apart?: readonly (readonly [number, number])[];
  /** keeps whole every EPCI that is in the scope, free, in one piece and not above the ceiling */
  wholeEpci?: boolean;
}

/** What a proposal is made from. */
export interface ProposalInput {
  /** inhabitants of each unit */
  population: ArrayLike<number>;
  adjacency: Adjacency;
  /**
   * the flow to keep inside, patients a year: one dataset, or several matrices (specialties, general
   * practice and specialists) each times its weight and added up by the caller
   */
  flow: FlowMatrix;
  /** patients of each unit treated outside every unit, patients a year; none when absent */
  lost?: ArrayLike<number>;
  /** band of populations, inhabitants, both ends included; the ceiling is kept wherever units allow */
  floor: number;
  ceiling: number;
  /** 0 to 2^32 − 1; the same input and seed give the same plan */
  seed: number;
  /** intercommunalité of each unit, any integer; -1: none. Needed by the EPCI weight and lock */
  epci?: ArrayLike<number>;
  /** units that are poles (`server/core/poles`); needed by the weight of poles */
  poles?: readonly number[];
  /** inhabitants a territory should have; the middle of the band when absent */
  target?: number;
  /**
   * how many territories, those that are fixed left out; absent: of all that the band allows, the one
   * whose plan short searches find to be worth most (`chooseNumber`; on a ground of more than 6,000
   * units, that which agglomeration comes to). Fewer territories keep more flow inside
   */
  territories?: number;
  /**
   * a plan to better: territory of each unit, any integer; -1: none. The search stays around it and
   * ends with nothing worse, wherever the locks and the number of territories let it begin there
   */
  start?: ArrayLike<number>;
  weights?: Weights;
  locks?: Locks;
  /** region or department of each unit, any integer: no territory crosses their borders */
  walls?: ArrayLike<number>;
  /** the units to divide; all when absent. The others are in no territory, as in « compléter la carte » */
  scope?: readonly number[];
  /**
   * how long to search, in moves tried, in all: what decides when the search ends, so that the
   * answer does not depend on the machine. About 5 million a second and core; 1,500 a unit when absent
   */
  effort?: number;
  /**
   * safety stop, milliseconds of search: a machine too slow for the effort tries fewer moves, and the
   * plan says so (`hurried`), since another run may then give another plan. None when absent
   */
  milliseconds?: number;
  /** told as work goes, 0 to 1 */
  onProgress?: (share: number) => void;
}
