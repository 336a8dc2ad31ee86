-- A run of poles is kept as one row a specialty, with every commune in arrays (ADR 3): half a million
-- rows a run, each with its place in an index and its reference checked, took longer to write than
-- to find. Communes are numbers of flow_place.
insert into flow_place (code)
select distinct code from (
  select unit as code from pole union select pole from pole union select second from pole
  union select pole from catchment
) as named where code is not null
on conflict do nothing;

create table pole_row (
  run integer not null references pole_run on delete cascade,
  specialty text not null,
  -- flow_place.id; all arrays are of one length
  units integer[] not null,
  -- null where a threshold leaves the commune without a pole
  poles integer[] not null,
  patients double precision[] not null,
  rates double precision[] not null,
  second_poles integer[] not null,
  -- rate of the pole less rate of the second
  gaps double precision[] not null,
  -- Shannon entropy of the destinations, bits
  entropies double precision[] not null,
  -- for 'all': share of specialties whose pole is the overall pole
  agreements double precision[] not null,
  -- some value 1 to 10 in the commune's masked cells changes the winner
  fragile boolean[] not null,
  primary key (run, specialty)
);
create table catchment_row (
  run integer not null references pole_run on delete cascade,
  specialty text not null,
  poles integer[] not null,
  communes bigint[] not null,
  populations bigint[] not null,
  patients double precision[] not null,
  lis double precision[] not null,
  msis double precision[] not null,
  -- inflow from outside the catchment / outflow to outside; null where nothing leaves
  nets double precision[] not null,
  -- dominant, intermediate, dominated (Nystuen–Dacey)
  ranks text[] not null
    check (ranks <@ array['dominant', 'intermediate', 'dominated']),
  primary key (run, specialty)
);

insert into pole_row
select run, specialty, array_agg(u.id), array_agg(p.id), array_agg(patients), array_agg(rate),
  array_agg(s.id), array_agg(gap), array_agg(entropy), array_agg(agreement), array_agg(fragile)
from pole join flow_place u on u.code = unit left join flow_place p on p.code = pole.pole
left join flow_place s on s.code = second
group by run, specialty;
insert into catchment_row
select run, specialty, array_agg(p.id), array_agg(communes), array_agg(population),
  array_agg(patients), array_agg(li), array_agg(msi), array_agg(net), array_agg(rank)
from catchment join flow_place p on p.code = pole
group by run, specialty;
drop table pole;
drop table catchment;

-- The same, one commune or one pole a row.
create view pole as
select c.run, c.specialty, u.code as unit, p.code as pole, c.patients, c.rate, s.code as second,
  c.gap, c.entropy, c.agreement, c.fragile
from (
  select run, specialty, unnest(units) as unit, unnest(poles) as pole, unnest(patients) as patients,
    unnest(rates) as rate, unnest(second_poles) as second, unnest(gaps) as gap,
    unnest(entropies) as entropy, unnest(agreements) as agreement, unnest(fragile) as fragile
  from pole_row
) as c
join flow_place u on u.id = c.unit
left join flow_place p on p.id = c.pole
left join flow_place s on s.id = c.second;

create view catchment as
select c.run, c.specialty, p.code as pole, c.communes, c.population, c.patients, c.li, c.msi, c.net,
  c.rank
from (
  select run, specialty, unnest(poles) as pole, unnest(communes) as communes,
    unnest(populations) as population, unnest(patients) as patients, unnest(lis) as li,
    unnest(msis) as msi, unnest(nets) as net, unnest(ranks) as rank
  from catchment_row
) as c
join flow_place p on p.id = c.pole;
