import type { ColumnType } from 'kysely';

/** jsonb: read parsed, written as text so that both drivers store it alike. */
export type Json<T> = ColumnType<T, string, string>;
/** PostGIS values are written through SQL functions and read through ST_As…. */
export type Geometry = ColumnType<never, never, never>;
export type Stamp = ColumnType<Date, never, never>;
/** A date: read through to_char (drivers would make it an instant), written as its text. */
export type Day = ColumnType<never, string, string>;
