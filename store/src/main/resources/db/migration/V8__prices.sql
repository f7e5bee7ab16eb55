-- Prompt tokens that a provider wrote to its cache, which cost more than plain ones.
alter table llm_call add column cache_write_tokens bigint;
alter table llm_sum add column cache_write_tokens bigint default 0 not null;
