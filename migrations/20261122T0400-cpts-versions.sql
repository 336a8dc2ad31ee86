-- A version says what it is called, and which earlier one it brought back.
alter table cpts_version add column label text not null default '';
alter table cpts_version add column restores integer;

-- The version of another CPTS that a CPTS was made from.
alter table cpts add column forked_from integer;
alter table cpts add column forked_version integer;
alter table cpts add constraint cpts_forked_from foreign key (forked_from, forked_version)
  references cpts_version (cpts, number) on delete set null;
