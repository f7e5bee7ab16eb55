-- Features are listed by what carries over best to other prompts; how often they are kept is one column of many.
create index campaign_feature_by_kept on campaign_feature (campaign_id, kept desc, ordinal);
