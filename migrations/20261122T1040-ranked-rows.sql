-- What every analysis of poles finds again whatever its method and thresholds is found once, as an
-- extract is imported (ADR 6). Rows that were stored otherwise have null here and are ranked by the
-- analysis.
alter table flow_row
  -- three counts of a masked cell (0, 5, 10) × the first three destinations, then the commune itself:
  -- where each stands in the arrays of the row, from 1; 0 where there is none
  add column firsts integer[],
  -- known patients, masked cells, then Σ v ln v for each of the three counts
  add column sums double precision[],
  -- bits 1, 2, 4: at that count, some value 1 to 10 in the masked cells changes the first destination
  add column shaky integer;

-- The same over all specialties, each weighing 1; of the cells, those that `firsts` points to.
create table flow_over_all (
  dataset integer not null,
  origin integer not null,
  destinations integer[] not null,
  patients double precision[] not null,
  masked double precision[],
  firsts integer[] not null,
  sums double precision[] not null,
  shaky integer not null,
  primary key (dataset, origin),
  foreign key (dataset) references flow_dataset on delete cascade
) partition by list (dataset);

-- What each place receives, of a dataset whose rows were ranked.
create table flow_inflow (
  dataset integer not null references flow_dataset on delete cascade,
  specialty text not null,
  -- flow_place.id; the arrays are of one length
  places integer[] not null,
  patients double precision[] not null,
  masked double precision[] not null,
  primary key (dataset, specialty)
);
