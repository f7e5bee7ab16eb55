package dev.piecrust.cluster;

/** What a worker process works on. */
public enum WorkerKind {
  /** The workflows of campaigns and their book-keeping: seconds of work a campaign. */
  CONTROL,

  /** Models on one device. */
  GPU,

  /** Questions to language models. */
  LLM
}
