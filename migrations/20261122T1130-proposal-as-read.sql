alter table proposal_run
  -- what the parameters only name, as it was when the run began: the communes of the scope, the CPTS
  -- kept, the drafts held, the plan improved. Null for runs of before it was kept.
  add column as_read jsonb,
  -- the search for the bound went to its end: one that was stopped can be taken up again
  add column bound_complete boolean not null default false;
