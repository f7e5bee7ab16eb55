-- Endpoints that give no answers: since when (0: it answers), and what was heard last.
alter table llm_endpoint add column down_ms bigint default 0 not null;
alter table llm_endpoint add column said varchar default '' not null;
