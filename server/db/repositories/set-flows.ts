import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { ofSpecialty } from './flows.ts';

/** Patients a year: those known, and the masked cells beside (1 to 10 patients each). */
export interface KnownAndMasked {
  patients: number;
  masked: number;
}

/** What sets of units send: in all, and to other sets. */
export interface SetsSent {
  /** of each set, wherever treated */
  all: KnownAndMasked[];
  /** of each set, by set of care; a set of care that gets nothing is not there */
  to: Map<number, KnownAndMasked>[];
}

/**
 * Flows from sets of leaves to sets of leaves, both of which may overlap: a patient counts for each
 * set that holds their commune, and for each that holds the commune of care. Only the rows of the
 * communes of residence are read. Of a divided commune each leaf has its share, at both ends.
 */
export function setFlowRepository(db: Kysely<Schema>) {
  return {
    async sent(
      { dataset, specialty, vintage }: { dataset: number; specialty: string; vintage: string },
      from: readonly (readonly string[])[],
      to: readonly (readonly string[])[],
    ): Promise<SetsSent> {
      const { rows } = await sql<{ from: number; to: number | null } & KnownAndMasked>`
        with resident as materialized (${members(from)}), carer as materialized (${members(to)}),
        share as materialized (
          select leaf, commune, share from leaf_share where vintage = ${vintage}
        ), home as materialized (
          select r.unit, p.id as place, coalesce(s.share, 1) as share
          from (select distinct unit from resident) r left join share s on s.leaf = r.unit
          join flow_place p on p.code = coalesce(s.commune, r.unit)
        ), care as materialized (
          select c.set, p.id as place, sum(coalesce(s.share, 1)) as share
          from carer c left join share s on s.leaf = c.unit
          join flow_place p on p.code = coalesce(s.commune, c.unit)
          group by c.set, p.id
        ), cell as materialized (
          select r.set, e.destination, sum(e.patients * h.share) as patients,
            sum(coalesce(e.masked, 0) * h.share) as masked
          from home h
          join flow_row f on f.dataset = ${dataset} and f.origin = h.place and ${ofSpecialty(specialty)}
          cross join lateral unnest(f.destinations, f.patients, f.masked)
            as e(destination, patients, masked)
          join resident r on r.unit = h.unit
          group by r.set, e.destination
        )
        select set as from, null as to, sum(patients) as patients, sum(masked) as masked
        from cell group by set
        union all
        select cell.set, care.set, sum(cell.patients * care.share), sum(cell.masked * care.share)
        from cell join care on care.place = cell.destination group by cell.set, care.set
        order by 1, 2`.execute(db);
      const sent: SetsSent = {
        all: from.map(() => ({ patients: 0, masked: 0 })),
        to: from.map(() => new Map()),
      };
      for (const { from: set, to: other, patients, masked } of rows) {
        if (other === null) sent.all[set] = { patients, masked };
        else sent.to[set]!.set(other, { patients, masked });
      }
      return sent;
    },
  };
}

/** The units of sets, one a row, each once in a set. */
function members(sets: readonly (readonly string[])[]) {
  const rows = sets.flatMap((units, set) => [...new Set(units)].map((unit) => ({ set, unit })));
  return sql`select * from unnest(${rows.map(({ set }) => set)}::integer[],
    ${rows.map(({ unit }) => unit)}::text[]) as m(set, unit)`;
}
