-- A vintage is one loaded set of communes: a region, from one source. Its id names its content,
-- so that tiles addressed by it never change.
create table vintage (
  id text primary key,
  region_code text not null unique,
  region_name text not null,
  year integer,
  source_kind text not null check (source_kind in ('files', 'geo-api', 'schematic')),
  source text not null,
  supply_source text,
  units integer not null,
  population bigint not null,
  -- what was repaired, left out or could not be fetched
  remarks jsonb not null default '[]',
  -- names, sizes and dates of the files it was read from; null when it was not read from a folder
  files_print text,
  loaded_at timestamptz not null default now()
);

-- What territories are made of: communes, or their subdivisions where they are loaded.
create table unit (
  code text primary key,
  kind text not null check (kind in ('commune', 'arrondissement', 'iris', 'quartier', 'sector')),
  name text not null,
  search_name text not null,
  parent text references unit,
  department text not null,
  region text not null,
  epci text,
  population integer not null check (population >= 0),
  area_km2 double precision not null,
  geom geometry(MultiPolygon, 4326) not null,
  point geometry(Point, 4326) not null,
  vintage text not null references vintage deferrable initially deferred
);
create index unit_geom on unit using gist (geom);
create index unit_vintage on unit (vintage, code);
create index unit_parent on unit (parent) where parent is not null;

-- A line between two neighbours, or (b null) between a unit and the outside of the vintage.
-- id is the feature id of the line in the tiles: outlines of any grouping are these lines.
create table unit_border (
  vintage text not null references vintage on delete cascade,
  id integer not null,
  a text not null references unit on delete cascade,
  b text references unit on delete cascade check (b is null or a < b),
  length_m double precision not null,
  geom geometry(MultiLineString, 4326) not null,
  primary key (vintage, id)
);
create index unit_border_a on unit_border (a);
create index unit_border_b on unit_border (b) where b is not null;

create table profession (
  key text primary key,
  label text not null,
  kind text not null
);

create table supply (
  unit text not null references unit on delete cascade,
  profession text not null references profession,
  count double precision not null check (count > 0),
  source text not null,
  primary key (unit, profession)
);

create table flow_dataset (
  id integer primary key generated always as identity,
  vintage text not null references vintage on delete cascade,
  kind text not null check (kind in ('extract', 'modelled')),
  name text not null,
  provenance text not null,
  parameters jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create table flow_specialty (
  dataset integer not null references flow_dataset on delete cascade,
  key text not null,
  label text not null,
  patients double precision not null,
  primary key (dataset, key)
);

-- origin and destination may lie outside the loaded region: no reference to unit.
create table flow (
  dataset integer not null references flow_dataset on delete cascade,
  specialty text not null,
  origin text not null,
  destination text not null,
  patients double precision not null check (patients >= 0),
  masked boolean not null default false,
  primary key (dataset, specialty, origin, destination)
);

-- The analysis of a dataset, per specialty and for specialty 'all'.
create table pole (
  dataset integer not null references flow_dataset on delete cascade,
  specialty text not null,
  unit text not null,
  pole text not null,
  rate double precision not null,
  second text,
  primary key (dataset, specialty, unit)
);
create table catchment (
  dataset integer not null references flow_dataset on delete cascade,
  specialty text not null,
  pole text not null,
  communes integer not null,
  population bigint not null,
  li double precision not null,
  primary key (dataset, specialty, pole)
);

create table proposal_run (
  id integer primary key generated always as identity,
  vintage text not null references vintage on delete cascade,
  dataset integer references flow_dataset on delete set null,
  parameters jsonb not null,
  seed bigint not null,
  status text not null
    check (status in ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  progress double precision not null default 0,
  indicators jsonb,
  engine text not null,
  seconds double precision,
  message text,
  created_at timestamptz not null default now()
);
create table proposal_territory (
  run integer not null references proposal_run on delete cascade,
  territory integer not null,
  name text not null,
  population bigint not null,
  li double precision,
  in_band boolean not null,
  reason text,
  primary key (run, territory)
);
create table proposal_member (
  run integer not null,
  territory integer not null,
  unit text not null references unit on delete cascade,
  primary key (run, unit),
  foreign key (run, territory) references proposal_territory on delete cascade
);

-- recognised: territory accepted, and every later step until the end.
create table cpts (
  id integer primary key generated always as identity,
  name text not null,
  status text not null check (status in ('idea', 'letter_of_intent', 'territory_accepted',
    'project_submitted', 'project_validated', 'aci_signed', 'closed')),
  recognised boolean not null generated always as (status in ('territory_accepted',
    'project_submitted', 'project_validated', 'aci_signed')) stored,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  unique (id, recognised)
);
create table cpts_version (
  cpts integer not null references cpts on delete cascade,
  number integer not null,
  author text not null,
  at timestamptz not null default now(),
  note text not null default '',
  units text[] not null,
  geom geometry(MultiPolygon, 4326),
  indicators jsonb not null default '{}',
  primary key (cpts, number)
);

-- recognised follows cpts.recognised through the foreign key, so the index below is the rule
-- "one CPTS per territory", held whatever two officers do at the same moment.
create table cpts_member (
  cpts integer not null,
  unit text not null references unit,
  recognised boolean not null,
  primary key (cpts, unit),
  foreign key (cpts, recognised) references cpts (id, recognised)
    on update cascade on delete cascade
);
create unique index cpts_member_one_recognised on cpts_member (unit) where recognised;
create index cpts_member_unit on cpts_member (unit);

create table event (
  id bigint primary key generated always as identity,
  at timestamptz not null default now(),
  actor text not null,
  verb text not null,
  subject text not null,
  before jsonb,
  after jsonb
);
