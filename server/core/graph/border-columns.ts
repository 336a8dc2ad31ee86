/** A line between two neighbours, or between a unit and the outside, by unit code. */
export interface Border {
  a: string;
  /** null: the outside of the vintage */
  b: string | null;
  lengthM: number;
  /** longitude, latitude */
  lines: [number, number][][];
}

/** The borders of a vintage without their lines, in columns of equal length. */
export interface BorderColumns {
  /** feature id of the line in the tiles */
  id: number[];
  a: string[];
  b: (string | null)[];
  lengthM: number[];
}
