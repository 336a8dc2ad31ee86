-- The life of a CPTS (ADR 12). Days are those of Paris: when a step took effect, not when it was
-- written down, which may be later.
alter table cpts add column since date;
alter table cpts add column opposed_on date;
alter table cpts add column opposed_by text;
alter table cpts add column opposed_reason text;
alter table cpts add constraint cpts_opposition
  check (num_nulls(opposed_on, opposed_by, opposed_reason) in (0, 3));

-- Steps that a CPTS went through, the first being its creation. A step lasts until the next one's day.
create table cpts_step (
  cpts integer not null references cpts on delete cascade,
  number integer not null,
  step text not null check (step in ('create', 'send_letter', 'accept_territory', 'deposit_project',
    'validate_project', 'sign_contract', 'oppose', 'withdraw', 'close')),
  -- what the CPTS was from then on
  status text not null check (status in ('idea', 'letter_of_intent', 'territory_accepted',
    'project_submitted', 'project_validated', 'aci_signed', 'closed')),
  since date not null,
  actor text not null,
  reason text not null default '',
  at timestamptz not null default now(),
  primary key (cpts, number)
);

-- What is known of the steps of CPTS of before: who recognised and closed them.
insert into cpts_step (cpts, number, step, status, since, actor, at)
select cpts, row_number() over (partition by cpts order by rank, id), step, status,
  (at at time zone 'Europe/Paris')::date, actor, at
from (
  select c.id as cpts, 0 as rank, 0 as id, 'create' as step, 'idea' as status,
    coalesce(v.author, 'local') as actor, c.created_at as at
  from cpts c left join cpts_version v on v.cpts = c.id and v.number = 1
  union all
  select c.id, 1, e.id, case e.verb when 'close' then 'close' else 'accept_territory' end,
    case e.verb when 'close' then 'closed' else 'territory_accepted' end, e.actor, e.at
  from event e join cpts c on e.subject = 'cpts/' || c.id
  where e.verb in ('recognise', 'close')
) known;
-- A status that no event tells of is taken as it is.
insert into cpts_step (cpts, number, step, status, since, actor, at)
select c.id, s.number + 1, case c.status
    when 'idea' then 'withdraw'
    when 'letter_of_intent' then 'send_letter'
    when 'territory_accepted' then 'accept_territory'
    when 'project_submitted' then 'deposit_project'
    when 'project_validated' then 'validate_project'
    when 'aci_signed' then 'sign_contract'
    else 'close' end, c.status, s.since, s.actor, s.at
from cpts c join cpts_step s on s.cpts = c.id
  and s.number = (select max(number) from cpts_step where cpts = c.id)
where s.status <> c.status;
update cpts c set since = s.since from cpts_step s
where s.cpts = c.id and s.number = (select max(number) from cpts_step where cpts = c.id);
alter table cpts alter column since set not null;

-- Versions proposed together: all are put in force at once, when each was agreed to.
create table agreement (
  id integer primary key generated always as identity,
  author text not null,
  note text not null default '',
  at timestamptz not null default now()
);

-- A version is in force, or was from a day until another's (half-open: until is the first day of the
-- next), or is proposed to be, or was refused or withdrawn before it was.
alter table cpts_version add column state text not null default 'in_force'
  check (state in ('in_force', 'replaced', 'proposed', 'refused', 'withdrawn'));
alter table cpts_version add column since date;
alter table cpts_version add column until date;
-- of a proposed version: the one in force that it is to replace, and who proposed it
alter table cpts_version add column based_on integer;
alter table cpts_version add column author_account integer;
alter table cpts_version add column agreement integer references agreement;
-- the leader of the CPTS agreed; whoever decides on it agreed
alter table cpts_version add column agreed_by text;
alter table cpts_version add column accepted_by text;
alter table cpts_version add column decided_at timestamptz;
-- why it was refused
alter table cpts_version add column reason text not null default '';

update cpts_version v set
  state = case when v.number = c.version then 'in_force' else 'replaced' end,
  since = (v.at at time zone 'Europe/Paris')::date,
  until = (select (n.at at time zone 'Europe/Paris')::date from cpts_version n
    where n.cpts = v.cpts and n.number = v.number + 1)
from cpts c where c.id = v.cpts;
alter table cpts_version alter column state drop default;
alter table cpts_version add constraint cpts_version_in_force
  check ((since is null) = (state in ('proposed', 'refused', 'withdrawn')));
alter table cpts_version add constraint cpts_version_replaced
  check ((until is null) = (state <> 'replaced') and until >= since);
create unique index cpts_version_one_in_force on cpts_version (cpts) where state = 'in_force';
create unique index cpts_version_one_proposed on cpts_version (cpts) where state = 'proposed';
create index cpts_version_agreement on cpts_version (agreement) where agreement is not null;
create index cpts_version_units on cpts_version using gin (units);

-- What each CPTS was and held from a day until another: its steps and its versions crossed. Of a
-- CPTS, the phases follow each other without a hole; what lasted less than a day is left out.
create view cpts_phase as
select p.*, p.status in ('territory_accepted', 'project_submitted', 'project_validated',
  'aci_signed') as recognised
from (
  select v.cpts, v.number as version, s.step, s.status, s.since as status_since,
    greatest(v.since, s.since) as since, least(v.until, s.until) as until, v.units
  from cpts_version v join (
    select cpts, step, status, since,
      lead(since) over (partition by cpts order by number) as until
    from cpts_step
  ) s on s.cpts = v.cpts
  where v.since is not null
) p
where p.until is null or p.since < p.until;

-- Which request made a change: the answer said its number, and the log has it.
alter table event add column request_id text;
create index event_subject on event (subject, id);
create index event_at on event (at);

-- The trace is only added to.
create function refuse_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are only added to' using errcode = 'restrict_violation';
end $$;
create trigger event_append_only before update or delete on event
  for each row execute function refuse_event_change();
create trigger event_not_emptied before truncate on event
  for each statement execute function refuse_event_change();
