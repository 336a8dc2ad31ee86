-- A commune may be divided (ADR 9). Leaves are what territories are made of: communes, or the
-- subdivisions that took the place of one; their parent is the commune.
alter table unit add column leaf boolean not null default true;
alter table unit add constraint unit_divided_commune check (leaf or parent is null);
alter table unit add constraint unit_leaf unique (code, leaf);

-- Members are leaves: dividing a unit that somebody holds, or holding one that somebody divides, is
-- refused by these keys.
alter table cpts_member add column leaf boolean not null default true check (leaf);
alter table cpts_member drop constraint cpts_member_unit_fkey;
alter table cpts_member add constraint cpts_member_leaf
  foreign key (unit, leaf) references unit (code, leaf);
alter table proposal_member add column leaf boolean not null default true check (leaf);
alter table proposal_member drop constraint proposal_member_unit_fkey;
alter table proposal_member add constraint proposal_member_leaf
  foreign key (unit, leaf) references unit (code, leaf) on delete cascade;

-- Counts the divisions: part of the address of the tiles.
alter table vintage add column revision integer not null default 0;

-- How a commune was divided, while it is.
create table division (
  commune text primary key references unit on delete cascade,
  -- French sentence that names the file, or who cut
  source text not null,
  -- whether populations were shared by area
  by_area boolean not null,
  remarks jsonb not null default '[]'
);

-- Letters given to sectors of a commune, never given twice; outlives the commune's vintage.
create table sector_code (
  commune text primary key,
  given integer not null
);

-- Which part of the residents of a divided commune each of its leaves has.
create index unit_divided on unit (vintage, code) where not leaf;
create view leaf_share as
select p.vintage, p.code as commune, u.code as leaf,
  case when p.population > 0 then u.population::double precision / p.population
    else 1.0::double precision / count(*) over (partition by p.code) end as share
from unit p join unit u on u.parent = p.code
where not p.leaf;
