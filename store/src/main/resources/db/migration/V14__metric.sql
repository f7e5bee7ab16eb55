-- The task metric itself, of the untouched run and with everything removed, from which means over
-- prompts are divided; and a method's curves on a held-out prompt, as JSON.

alter table prompt_result add column metric_clean double precision;
alter table prompt_result add column metric_empty double precision;
alter table circuit_result add column metric_clean double precision;
alter table circuit_result add column metric_empty double precision;
alter table circuit_result add column curves varchar;

-- How many of a task's prompts the untouched model answers, measured before anything else.

create table task_accuracy (
  campaign_id varchar(120) not null references campaign (id) on delete cascade,
  task        varchar(64)  not null,
  prompts     integer      not null,
  solved      integer      not null,
  solved_only boolean      not null,
  primary key (campaign_id, task)
);
