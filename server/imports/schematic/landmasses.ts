/** A piece of France whose communes share one diagram: nobody borders the sea's other side. */
export interface Landmass {
  /** whether a department lies on it */
  holds: (department: string) => boolean;
  /** spacing of the points that stand for the sea, km */
  stepKm: number;
  /** how far from the last commune the sea's points begin, km; the shore is about half-way */
  marginKm: number;
  /** communes farther apart than this have sea between them, km */
  maxEdgeKm: number;
  /** the ideal distance between communes placed without a position, km */
  spacingKm: number;
}

const usual = { stepKm: 2, marginKm: 5, maxEdgeKm: 33, spacingKm: 3.2 };

const only = (wanted: string) => (department: string) => department === wanted;

/** The mainland, Corsica, and the five overseas departments. */
export const landmasses: readonly Landmass[] = [
  { ...usual, holds: (department) => /^\d\d$/.test(department) },
  { ...usual, maxEdgeKm: 24, holds: (department) => /^2[AB]$/.test(department) },
  { ...usual, maxEdgeKm: 20, holds: only('971') },
  { ...usual, maxEdgeKm: 18, holds: only('972') },
  // 22 communes on 84,000 km².
  { stepKm: 8, marginKm: 30, maxEdgeKm: 260, spacingKm: 30, holds: only('973') },
  // Towns ring an island 60 km wide.
  { ...usual, maxEdgeKm: 34, holds: only('974') },
  { ...usual, maxEdgeKm: 14, holds: only('976') },
];
