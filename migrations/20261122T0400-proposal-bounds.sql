-- Share of the flow that no plan under the wishes of the run can keep more than: null until it is asked for.
alter table proposal_run add column bound double precision;
