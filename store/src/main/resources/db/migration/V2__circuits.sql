-- How each circuit did on each prompt: all occurrences of its features kept.
create table circuit_result (
  campaign_id  varchar(120) not null references campaign (id) on delete cascade,
  task         varchar(64)  not null,
  prompt       integer      not null,
  method       varchar(64)  not null,
  ranking      varchar(64)  not null,
  budget       integer      not null,
  prompt_share varchar(32)  not null,
  kept         integer      not null,
  kl_last      double precision not null,
  kl_all       double precision not null,
  pred_changed double precision not null,
  faithfulness double precision,
  completeness double precision,
  primary key (campaign_id, task, prompt, method, ranking, budget)
);
