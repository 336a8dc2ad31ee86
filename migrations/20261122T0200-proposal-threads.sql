-- How many threads searched for a proposal: null for runs of before it was kept.
alter table proposal_run add column threads integer;
-- The CPTS that a territory was adopted as, or that it keeps.
alter table proposal_territory add column cpts integer references cpts on delete set null;
