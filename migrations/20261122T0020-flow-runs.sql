-- Long work that makes a flow dataset: an import, or a model. What is under way changes in memory;
-- a row changes when its run starts and when it ends.
create table flow_run (
  id integer primary key generated always as identity,
  vintage text not null references vintage on delete cascade,
  kind text not null check (kind in ('import', 'model')),
  name text not null,
  status text not null default 'queued'
    check (status in ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  dataset integer references flow_dataset on delete set null,
  -- why it did not give a dataset: a stable code and its French sentence
  code text,
  message text,
  -- what the work tells of its result, or of what it refused
  report jsonb,
  seconds double precision,
  created_at timestamptz not null default now()
);
create index flow_run_vintage on flow_run (vintage, id);
