-- Two people may bear one name, and a name changes: an event says by which account it was caused.
-- No reference: what was done stays told, whatever becomes of the account.
alter table event add column account integer;
