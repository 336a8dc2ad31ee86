-- What a version amounted to when it was saved; null until it was completed, which is done after the
-- transaction that saved it.
alter table cpts_version alter column indicators drop not null;
alter table cpts_version alter column indicators drop default;
update cpts_version set indicators = null where indicators = '{}';
