-- The subjects whose queues a process takes work from: a JSON array of {device, queue}.

alter table worker_process add column hosts varchar;

-- Work on a unit that has begun and has neither come to an end nor failed: it is under way, or its
-- process died so many times.

create table unit_attempt (
  campaign_id varchar(120) not null references campaign (id) on delete cascade,
  stage varchar(120) not null,
  unit varchar(120) not null,
  begun integer not null,
  primary key (campaign_id, stage, unit)
);
