-- What the pages about campaigns read: kept in step with what it is taken from, never added up again.

-- What a campaign is about, to be found by; filled from its spec.
alter table campaign add column subject varchar default '' not null;
alter table campaign add column tasks varchar default '' not null;

-- The measures of all prompts of a task, added up by method and budget.
create table fidelity_sum (
  campaign_id     varchar(120) not null references campaign (id) on delete cascade,
  task            varchar(64)  not null,
  method          varchar(64)  not null,
  budget          integer      not null,
  prompts         bigint       not null,
  kl_last         double precision not null,
  kl_last_sq      double precision not null,
  kl_all          double precision not null,
  pred_changed    double precision not null,
  faithful        bigint       not null,
  faithfulness    double precision not null,
  faithfulness_sq double precision not null,
  complete        bigint       not null,
  completeness    double precision not null,
  completeness_sq double precision not null,
  primary key (campaign_id, task, method, budget)
);
insert into fidelity_sum
select campaign_id, task, method, budget, count(*), sum(kl_last), sum(kl_last * kl_last), sum(kl_all),
  sum(pred_changed), count(faithfulness), coalesce(sum(faithfulness), 0),
  coalesce(sum(faithfulness * faithfulness), 0), count(completeness), coalesce(sum(completeness), 0),
  coalesce(sum(completeness * completeness), 0)
from prompt_result group by campaign_id, task, method, budget;

-- What was answered and paid for in each minute, counted from 1970.
create table llm_minute (
  campaign_id varchar(120) not null references campaign (id) on delete cascade,
  minute_no   bigint       not null,
  requests    bigint       not null,
  tokens      bigint       not null,
  usd         numeric(24, 12) not null,
  primary key (campaign_id, minute_no)
);
insert into llm_minute
select campaign_id, minute_no, count(*), sum(tokens), sum(usd) from (
  select campaign_id, cast(floor(extract(epoch from ended_at) / 60) as bigint) as minute_no,
    coalesce(input_tokens, 0) + coalesce(output_tokens, 0) as tokens, coalesce(usd, 0) as usd
  from llm_call where state = 'SETTLED' and ended_at is not null
) settled group by campaign_id, minute_no;

create index work_unit_by_parked on work_unit (campaign_id, parked, stage, unit);
