/** What the thread that holds PGlite is asked, and answers. One answer a question, by `id`. */
export type Question =
  | { id: number; ask: 'query'; sql: string; parameters: readonly unknown[] }
  /** `sql` copies from `/dev/blob`, which holds `parts` one after the other */
  | { id: number; ask: 'copy'; sql: string; parts: Uint8Array[] }
  | { id: number; ask: 'dump' }
  | { id: number; ask: 'close' };

export type Answer =
  | { id: number; rows: Record<string, unknown>[]; rowCount: number; command: string }
  | { id: number; dump: Uint8Array }
  | { id: number; failure: DatabaseFailure };

/** The fields of a PostgreSQL error that the repositories look at. */
export interface DatabaseFailure {
  message: string;
  code?: string;
  constraint?: string;
  detail?: string;
}

export interface WorkerStart {
  /** folder of the database; null keeps it in memory */
  dataDir: string | null;
  /** a dump to start from, as `dump` gave it */
  template: Uint8Array | null;
}
