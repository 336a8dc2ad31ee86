-- masked: how many masked cells (1 to 10 patients each) a flow stands for. Merged communes add up,
-- a commune split by ratio leaves a part: hence not an integer. The patients of a masked cell are
-- not in `patients`; a reader counts patients + masked × 0, 5 or 10.
alter table flow alter column masked drop default;
alter table flow alter column masked type double precision using masked::integer;
alter table flow alter column masked set default 0;
alter table flow add constraint flow_masked_not_negative check (masked >= 0);

-- Where an extract came from: its hash tells that the same file was imported before.
alter table flow_dataset add column file_hash text;
alter table flow_dataset add column report jsonb;
create unique index flow_dataset_file on flow_dataset (vintage, file_hash)
  where file_hash is not null;

-- An analysis of poles with its parameters; poles and catchments belong to a run.
create table pole_run (
  id integer primary key generated always as identity,
  dataset integer not null references flow_dataset on delete cascade,
  parameters jsonb not null,
  parameters_hash text not null,
  seconds double precision not null,
  created_at timestamptz not null default now(),
  unique (dataset, parameters_hash)
);
drop table pole;
drop table catchment;
create table pole (
  run integer not null references pole_run on delete cascade,
  specialty text not null,
  unit text not null,
  -- null where a threshold leaves the commune without a pole
  pole text,
  patients double precision not null,
  rate double precision not null,
  second text,
  -- rate of the pole less rate of the second
  gap double precision,
  -- Shannon entropy of the destinations, bits
  entropy double precision not null,
  -- for 'all': share of specialties whose pole is the overall pole
  agreement double precision,
  -- some value 1 to 10 in the commune's masked cells changes the winner
  fragile boolean not null,
  primary key (run, specialty, unit)
);
create table catchment (
  run integer not null references pole_run on delete cascade,
  specialty text not null,
  pole text not null,
  communes integer not null,
  population bigint not null,
  patients double precision not null,
  li double precision not null,
  msi double precision not null,
  -- inflow from outside the catchment / outflow to outside; null where nothing leaves
  net double precision,
  -- dominant, intermediate, dominated (Nystuen–Dacey)
  rank text not null check (rank in ('dominant', 'intermediate', 'dominated')),
  primary key (run, specialty, pole)
);
