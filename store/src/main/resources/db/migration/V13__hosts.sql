-- The subjects whose queues a process takes work from: a JSON array of {device, queue}.

alter table worker_process add column hosts varchar;
