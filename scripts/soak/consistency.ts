import { type Kysely, sql } from 'kysely';
import { applyChange } from '../../server/core/territory/change.ts';
import type { Schema } from '../../server/db/schema.ts';

/** Units that two recognised CPTS hold, told without the index nor what it indexes. */
export async function heldTwice(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ unit: string; holders: number[] }>`
    select m.unit, array_agg(m.cpts order by m.cpts) as holders
    from cpts_member m join cpts c on c.id = m.cpts
    where c.status in ('territory_accepted', 'project_submitted', 'project_validated', 'aci_signed')
    group by m.unit having count(*) > 1 order by m.unit`.execute(db);
  return rows.map(({ unit, holders }) => `unit ${unit} is held by ${holders.join(' and ')}`);
}

interface Told {
  status: string;
  version: number;
  units: string[];
}

/**
 * What is half-made: members that are not those of the version in force, flags and steps that
 * disagree, numbers with a hole, and whatever the events alone, replayed in order, tell otherwise.
 */
export async function halfMade(db: Kysely<Schema>): Promise<string[]> {
  const problems: string[] = [];
  const { rows } = await sql<{
    id: number;
    status: string;
    version: number;
    recognised: boolean;
    members: string[];
    flags: boolean[];
    in_force: string[] | null;
    numbers: number[];
    last_step: string;
  }>`
    select c.id, c.status, c.version, c.recognised,
      (select coalesce(array_agg(m.unit order by m.unit collate "C"), '{}')
        from cpts_member m where m.cpts = c.id) as members,
      (select coalesce(array_agg(distinct m.recognised), '{}')
        from cpts_member m where m.cpts = c.id) as flags,
      (select v.units from cpts_version v where v.cpts = c.id and v.number = c.version
        and v.state = 'in_force') as in_force,
      (select array_agg(v.number order by v.number) from cpts_version v where v.cpts = c.id) as numbers,
      (select s.status from cpts_step s where s.cpts = c.id order by s.number desc limit 1)
        as last_step
    from cpts c order by c.id`.execute(db);
  const told = await replayed(db);
  for (const cpts of rows) {
    const wrong = (what: string) => problems.push(`CPTS ${cpts.id}: ${what}`);
    if (!cpts.in_force) wrong(`version ${cpts.version} is not in force`);
    else if (`${cpts.members}` !== `${[...cpts.in_force].sort()}`)
      wrong('members are not its version');
    if (cpts.flags.some((flag) => flag !== cpts.recognised)) wrong('members’ flags disagree');
    if (cpts.last_step !== cpts.status) wrong(`status ${cpts.status}, last step ${cpts.last_step}`);
    if (cpts.numbers.some((number, k) => number !== k + 1)) wrong(`numbers ${cpts.numbers}`);
    const event = told.get(cpts.id);
    if (!event) wrong('no event tells of it');
    else if (event.status !== cpts.status) wrong(`events say ${event.status}, not ${cpts.status}`);
    else if (event.version !== cpts.version) wrong(`events say version ${event.version}`);
    else if (`${event.units}` !== `${cpts.members}`) wrong('events tell of other units');
  }
  for (const id of told.keys()) {
    if (!rows.some((cpts) => cpts.id === id)) problems.push(`events tell of CPTS ${id}, not there`);
  }
  return problems;
}

/** What the events make of each CPTS. */
async function replayed(db: Kysely<Schema>): Promise<Map<number, Told>> {
  const { rows } = await sql<{ subject: string; verb: string; after: Record<string, unknown> }>`
    select subject, verb, after from event where starts_with(subject, 'cpts/') order by id`.execute(
    db,
  );
  const told = new Map<number, Told>();
  for (const { subject, verb, after } of rows) {
    const id = Number(subject.slice('cpts/'.length));
    const known = told.get(id);
    if (verb === 'create') {
      const { status, units } = after as { status: string; units: string[] };
      told.set(id, { status, version: 1, units: [...units].sort() });
    } else if (known && ['change_territory', 'restore_version', 'accept_version'].includes(verb)) {
      const change = after as { version: number; added: string[]; removed: string[] };
      known.version = change.version;
      known.units = applyChange(known.units, change);
    } else if (known && typeof after?.status === 'string') known.status = after.status;
  }
  return told;
}
