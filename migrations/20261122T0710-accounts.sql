-- People. An account without a password and without a provider was invited and has not come yet.
create table account (
  id integer primary key generated always as identity,
  name text not null,
  -- null where a provider told none that could be trusted
  email text unique check (email = lower(email)),
  role text not null check (role in ('reader', 'leader', 'geographer', 'ars', 'administrator')),
  -- where an officer decides; null for everywhere
  departments text[],
  -- came through the provider, and nobody has given them a role yet
  awaiting boolean not null default false,
  -- one a role, to try it while there is no real account
  demonstration boolean not null default false,
  -- algorithm, parameters, salt and hash
  password text,
  issuer text,
  subject text,
  created_at timestamptz not null default now(),
  seen_at timestamptz,
  disabled_at timestamptz,
  unique (issuer, subject),
  check ((issuer is null) = (subject is null))
);
create unique index account_demonstration on account (role) where demonstration;

-- The CPTS that a leader leads.
create table account_cpts (
  account integer not null references account on delete cascade,
  cpts integer not null references cpts on delete cascade,
  primary key (account, cpts)
);
create index account_cpts_cpts on account_cpts (cpts);

-- Of the random token in the cookie only the SHA-256 is kept.
create table session (
  token_hash text primary key,
  account integer not null references account on delete cascade,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create index session_account on session (account);

-- The one link of an account that sets its password; gone once it was used.
create table account_link (
  account integer primary key references account on delete cascade,
  token_hash text not null unique,
  expires_at timestamptz not null
);
