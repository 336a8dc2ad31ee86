import { type Kysely, sql } from 'kysely';
import type { SharedComment, TerritoryComment } from '../../contracts/sharing.ts';
import type { Schema } from '../schema.ts';

interface NewTerritoryComment {
  cpts: number;
  link: number;
  version: number;
  unit: string | null;
  author: string;
  body: string;
}

/** What people say of the territory of a CPTS. */
export function territoryCommentRepository(db: Kysely<Schema>) {
  const select = (cpts: number, limit: number, offset: number, id: number | null = null) =>
    sql<CommentRow>`
      select c.id, c.version, c.unit, c.author, c.body, c.at, c.answer, c.answered_at, c.closed_at,
        c.link, l.label
      from territory_comment c left join share_link l on l.id = c.link
      where c.cpts = ${cpts} and (${id}::integer is null or c.id = ${id})
      order by c.id desc limit ${limit} offset ${offset}`.execute(db);

  return {
    async insert(comment: NewTerritoryComment): Promise<number> {
      const { id } = await db
        .insertInto('territory_comment')
        .values(comment)
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    /** The latest first. */
    async list(cpts: number, limit: number, offset: number): Promise<TerritoryComment[]> {
      const { rows } = await select(cpts, limit, offset);
      return rows.map(toComment);
    },

    async byId(cpts: number, id: number): Promise<TerritoryComment | undefined> {
      const { rows } = await select(cpts, 1, 0, id);
      return rows[0] && toComment(rows[0]);
    },

    async counts(cpts: number): Promise<{ total: number; open: number }> {
      const { rows } = await sql<{ total: number; open: number }>`
        select count(*) as total, count(*) filter (where closed_at is null) as open
        from territory_comment where cpts = ${cpts}`.execute(db);
      return rows[0] ?? { total: 0, open: 0 };
    },

    /** Of every CPTS that has some, by number. */
    async countsByCpts(): Promise<{ cpts: number; total: number; open: number }[]> {
      const { rows } = await sql<{ cpts: number; total: number; open: number }>`
        select cpts, count(*)::integer as total,
          (count(*) filter (where closed_at is null))::integer as open
        from territory_comment group by cpts order by cpts`.execute(db);
      return rows;
    },

    async countOfLink(link: number): Promise<number> {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from territory_comment where link = ${link}`.execute(db);
      return rows[0]?.n ?? 0;
    },

    async answer(id: number, text: string, author: string): Promise<void> {
      await sql`
        update territory_comment set answer = ${text}, answered_by = ${author}, answered_at = now()
        where id = ${id}`.execute(db);
    },

    async setClosed(id: number, closed: boolean): Promise<void> {
      await sql`
        update territory_comment set closed_at = case when ${closed}::boolean then now() end
        where id = ${id}`.execute(db);
    },
  };
}

interface CommentRow {
  id: number;
  version: number;
  unit: string | null;
  author: string;
  body: string;
  at: Date;
  answer: string | null;
  answered_at: Date | null;
  closed_at: Date | null;
  link: number | null;
  label: string | null;
}

function toComment(row: CommentRow): TerritoryComment {
  const { id, version, unit, author, body, at, answer, answered_at, closed_at, link, label } = row;
  return {
    id,
    version,
    unit,
    author,
    text: body,
    at: at.toISOString(),
    answer:
      answer === null || answered_at === null
        ? null
        : { text: answer, at: answered_at.toISOString() },
    closedAt: closed_at?.toISOString() ?? null,
    link: link === null ? null : { id: link, label: label ?? '' },
  };
}

/** A comment without what is the owner's alone to know. */
export function asShared({ link: _, ...comment }: TerritoryComment): SharedComment {
  return comment;
}
