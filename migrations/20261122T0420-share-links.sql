-- Who has the address of a link may look at the territory of a CPTS, or comment on it. The address
-- holds a random token that is kept nowhere: only its SHA-256 is.
create table share_link (
  id integer primary key generated always as identity,
  cpts integer not null references cpts on delete cascade,
  kind text not null check (kind in ('view', 'comment')),
  label text not null,
  token_hash text not null unique,
  author text not null,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  revoked_at timestamptz
);
create index share_link_cpts on share_link (cpts);

-- What people say of a territory, in plain text; unit is null for a comment on the whole. A comment
-- stays when its commune is no longer loaded: no reference to unit.
create table territory_comment (
  id integer primary key generated always as identity,
  cpts integer not null references cpts on delete cascade,
  link integer references share_link on delete set null,
  -- the version that was shown
  version integer not null,
  unit text,
  author text not null,
  body text not null check (char_length(body) between 1 and 1000),
  at timestamptz not null default now(),
  answer text check (char_length(answer) between 1 and 1000),
  answered_by text,
  answered_at timestamptz,
  closed_at timestamptz
);
create index territory_comment_cpts on territory_comment (cpts, id);
create index territory_comment_link on territory_comment (link);
