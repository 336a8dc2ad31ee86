-- Fitting the model's parameters on an extract is long work too; it makes no dataset, only a report.
alter table flow_run drop constraint flow_run_kind_check;
alter table flow_run add constraint flow_run_kind_check
  check (kind in ('import', 'model', 'calibration'));
