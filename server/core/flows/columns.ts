/** Flows of one specialty, in columns of equal length; patients a year. */
export interface FlowColumns {
  origin: string[];
  destination: string[];
  patients: number[];
  /** masked cells, none where the column is absent */
  masked?: number[];
}
