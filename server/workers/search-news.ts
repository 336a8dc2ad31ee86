/** The territories that a search has come to, by its place among those of the thread. */
export interface SearchNews {
  job: number;
  label: Int32Array;
}

/** Territories on the way are told no more often: they are for people to watch. */
export const NEWS_MS = 500;
