import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { LinkKind, ShareLink } from '../../contracts/sharing.ts';
import type { Schema } from '../schema.ts';

interface NewShareLink {
  cpts: number;
  kind: LinkKind;
  label: string;
  tokenHash: string;
  author: string;
}

const columns = ['id', 'kind', 'label', 'created_at', 'used_at', 'revoked_at'] as const;

/** Links to the territory of a CPTS; tokens come as their SHA-256. */
export function shareLinkRepository(db: Kysely<Schema>) {
  return {
    async insert({ tokenHash, ...link }: NewShareLink): Promise<ShareLink> {
      const row = await db
        .insertInto('share_link')
        .values({ ...link, token_hash: tokenHash })
        .returning(columns)
        .executeTakeFirstOrThrow();
      return toLink(row);
    },

    /** The latest first. */
    async list(cpts: number): Promise<ShareLink[]> {
      const rows = await db
        .selectFrom('share_link')
        .select(columns)
        .where('cpts', '=', cpts)
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toLink);
    },

    /** Undefined where the CPTS has no such link; revoking twice keeps the first time. */
    async revoke(cpts: number, id: number): Promise<{ link: ShareLink; now: boolean } | undefined> {
      const { rows } = await sql<LinkRow & { now: boolean }>`
        with before as (
          select revoked_at is null as now from share_link where id = ${id} and cpts = ${cpts}
        )
        update share_link set revoked_at = coalesce(revoked_at, now())
        where id = ${id} and cpts = ${cpts}
        returning id, kind, label, created_at, used_at, revoked_at,
          (select now from before) as now`.execute(db);
      return rows[0] && { link: toLink(rows[0]), now: rows[0].now };
    },

    /** The link of a token, unless it was revoked; its use is noted, to the minute. */
    async use(
      tokenHash: string,
    ): Promise<{ id: number; cpts: number; kind: LinkKind } | undefined> {
      const link = await db
        .selectFrom('share_link')
        .select(['id', 'cpts', 'kind'])
        .where('token_hash', '=', tokenHash)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      if (!link) return undefined;
      await sql`
        update share_link set used_at = now() where id = ${link.id}
          and (used_at is null or used_at < now() - interval '1 minute')`.execute(db);
      return link;
    },
  };
}

interface LinkRow {
  id: number;
  kind: LinkKind;
  label: string;
  created_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
}

function toLink({ id, kind, label, created_at, used_at, revoked_at }: LinkRow): ShareLink {
  return {
    id,
    kind,
    label,
    createdAt: created_at.toISOString(),
    usedAt: used_at?.toISOString() ?? null,
    revokedAt: revoked_at?.toISOString() ?? null,
  };
}
