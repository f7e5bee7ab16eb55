-- Who asked a campaign to stop, from when that was accepted until it has ended: so that it ends even
-- where the process that was to end it dies before.

alter table campaign add column cancelled_by varchar;
