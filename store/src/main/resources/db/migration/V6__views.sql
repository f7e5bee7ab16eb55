-- What pages are sorted, filtered and added up by, kept in step with what it is taken from, so that
-- no page reads a campaign as a whole.

-- A score that is missing is -1 here, so that each index holds every feature of a campaign.
alter table campaign_feature add column place integer default -1 not null;
alter table campaign_feature add column description varchar;
alter table campaign_feature add column title varchar(60) default '' not null;
alter table campaign_feature add column clarity double precision default -1 not null;
alter table campaign_feature add column responsiveness double precision default -1 not null;
alter table campaign_feature add column purity double precision default -1 not null;
alter table campaign_feature add column faithfulness double precision default -1 not null;

update campaign_feature set
  description = (select e.description from explanation e where e.campaign_id = campaign_feature.campaign_id
    and e.layer = campaign_feature.layer and e.feature = campaign_feature.feature),
  clarity = coalesce((select s.score from fade_score s where s.campaign_id = campaign_feature.campaign_id
    and s.layer = campaign_feature.layer and s.feature = campaign_feature.feature and s.metric = 'CLARITY'), -1),
  responsiveness = coalesce((select s.score from fade_score s where s.campaign_id = campaign_feature.campaign_id
    and s.layer = campaign_feature.layer and s.feature = campaign_feature.feature and s.metric = 'RESPONSIVENESS'), -1),
  purity = coalesce((select s.score from fade_score s where s.campaign_id = campaign_feature.campaign_id
    and s.layer = campaign_feature.layer and s.feature = campaign_feature.feature and s.metric = 'PURITY'), -1),
  faithfulness = coalesce((select s.score from fade_score s where s.campaign_id = campaign_feature.campaign_id
    and s.layer = campaign_feature.layer and s.feature = campaign_feature.feature and s.metric = 'FAITHFULNESS'), -1);

update campaign_feature set title = coalesce(lower(left(description, 60)), '');

-- In the order in which each reads best; of those that have the same, the most often kept first.
create index campaign_feature_by_score on campaign_feature (campaign_id, mean_abs_score desc, ordinal);
create index campaign_feature_by_place on campaign_feature (campaign_id, place, ordinal);
create index campaign_feature_by_title on campaign_feature (campaign_id, title, ordinal);
create index campaign_feature_by_clarity on campaign_feature (campaign_id, clarity desc, ordinal);
create index campaign_feature_by_responsiveness on campaign_feature (campaign_id, responsiveness desc, ordinal);
create index campaign_feature_by_purity on campaign_feature (campaign_id, purity desc, ordinal);
create index campaign_feature_by_faithfulness on campaign_feature (campaign_id, faithfulness desc, ordinal);

-- Which prompts keep a feature, by the campaign's rule for features: where strongest, and how strongly.
create table kept_prompt (
  campaign_id varchar(120) not null references campaign (id) on delete cascade,
  layer       integer      not null,
  feature     integer      not null,
  task        varchar(64)  not null,
  prompt      integer      not null,
  occurrences integer      not null,
  place       integer      not null,
  strength    double precision not null,
  primary key (campaign_id, layer, feature, task, prompt)
);
create index kept_prompt_by_prompt on kept_prompt (campaign_id, task, prompt);

create index prompt_result_by_prompt on prompt_result (campaign_id, task, method, budget, prompt);
create index prompt_result_by_kl on prompt_result (campaign_id, task, method, budget, kl_last, prompt);

-- The units of a stage added up; changed together with each unit.
create table unit_sum (
  campaign_id varchar(120) not null references campaign (id) on delete cascade,
  stage       varchar(120) not null,
  done        bigint       not null,
  failed      bigint       not null,
  updated_at  timestamp(6) with time zone not null,
  primary key (campaign_id, stage)
);
insert into unit_sum
select campaign_id, stage, sum(done), sum(failed), max(ended_at) from work_unit group by campaign_id, stage;

-- The calls of a campaign added up by stage and model; changed together with each call.
create table llm_sum (
  campaign_id         varchar(120) not null references campaign (id) on delete cascade,
  stage               varchar(120) not null,
  provider            varchar(64)  not null,
  model               varchar(200) not null,
  open_calls          bigint       not null,
  settled             bigint       not null,
  released            bigint       not null,
  lost                bigint       not null,
  unreported          bigint       not null,
  unpriced            bigint       not null,
  hits                bigint       not null,
  input_tokens        bigint       not null,
  cached_input_tokens bigint       not null,
  output_tokens       bigint       not null,
  reasoning_tokens    bigint       not null,
  usd                 numeric(24, 12) not null,
  unknown_usd         numeric(24, 12) not null,
  reserved_usd        numeric(24, 12) not null,
  primary key (campaign_id, stage, provider, model)
);

insert into llm_sum
select campaign_id, stage, provider, model,
  sum(open_calls), sum(settled), sum(released), sum(lost), sum(unreported), sum(unpriced), sum(hits),
  sum(input_tokens), sum(cached_input_tokens), sum(output_tokens), sum(reasoning_tokens),
  sum(usd), sum(unknown_usd), sum(reserved_usd)
from (
  select campaign_id, stage, provider, model,
    case when state in ('RESERVED', 'QUEUED') then 1 else 0 end as open_calls,
    case when state = 'SETTLED' then 1 else 0 end as settled,
    case when state = 'RELEASED' then 1 else 0 end as released,
    case when state = 'LOST' then 1 else 0 end as lost,
    case when state = 'SETTLED' and input_tokens is null then 1 else 0 end as unreported,
    case when state = 'SETTLED' and reserved_usd is null then 1 else 0 end as unpriced,
    0 as hits,
    coalesce(input_tokens, 0) as input_tokens,
    coalesce(cached_input_tokens, 0) as cached_input_tokens,
    coalesce(output_tokens, 0) as output_tokens,
    coalesce(reasoning_tokens, 0) as reasoning_tokens,
    case when state = 'SETTLED' then coalesce(usd, 0) else 0 end as usd,
    case when state = 'LOST' or (state = 'SETTLED' and usd is null)
      then coalesce(reserved_usd, 0) else 0 end as unknown_usd,
    case when state in ('RESERVED', 'QUEUED') then coalesce(reserved_usd, 0) else 0 end as reserved_usd
  from llm_call
  union all
  select campaign_id, stage, provider, model, 0, 0, 0, 0, 0, 0, hits, 0, 0, 0, 0, 0, 0, 0 from llm_hit
) parts
group by campaign_id, stage, provider, model;

create index llm_call_by_stage on llm_call (campaign_id, stage, id);
create index llm_call_in_state on llm_call (campaign_id, state, id);
drop index llm_call_by_campaign;
create index llm_call_in_state_anywhere on llm_call (state, id);
create index llm_call_by_feature on llm_call (campaign_id, layer, feature, id);
create index llm_call_by_time on llm_call (campaign_id, id);

-- The processes of an installation, and when each was heard of last, in milliseconds of the database's clock.
create table worker_process (
  id           varchar(160) primary key,
  kind         varchar(32)  not null,
  host         varchar      not null,
  pid          bigint       not null,
  version      varchar      not null,
  device       varchar      not null,
  memory_used  bigint,
  memory_total bigint,
  running      varchar      not null,
  started_ms   bigint       not null,
  seen_ms      bigint       not null
);
