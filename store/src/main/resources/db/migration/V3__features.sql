-- The features that stages II and III look at, what they mean, and how good that is.
create table campaign_feature (
  campaign_id    varchar(120) not null references campaign (id) on delete cascade,
  layer          integer      not null,
  feature        integer      not null,
  ordinal        integer      not null,
  kept           integer      not null,
  mean_abs_score double precision not null,
  tasks          varchar      not null,
  primary key (campaign_id, layer, feature)
);
create unique index campaign_feature_by_ordinal on campaign_feature (campaign_id, ordinal);

create table explanation (
  campaign_id  varchar(120) not null references campaign (id) on delete cascade,
  layer        integer      not null,
  feature      integer      not null,
  provider     varchar(64)  not null,
  model        varchar(200) not null,
  baseline     boolean      not null,
  description  varchar,
  reason       varchar      not null,
  primary key (campaign_id, layer, feature)
);

-- A score is a number on so many samples, or a reason; never both.
create table fade_score (
  campaign_id  varchar(120) not null references campaign (id) on delete cascade,
  layer        integer      not null,
  feature      integer      not null,
  metric       varchar(32)  not null,
  score        double precision,
  samples      integer      not null,
  kind         varchar(32),
  reason       varchar      not null,
  primary key (campaign_id, layer, feature, metric),
  check ((score is null) <> (kind is null))
);
