-- Masked cells of each specialty, so that the page can say how many there are without reading every
-- flow. Fractional after a commune was split.
alter table flow_specialty add column masked double precision not null default 0;
update flow_specialty s set masked = coalesce((select sum(f.masked) from flow f
  where f.dataset = s.dataset and f.specialty = s.key), 0);
