package dev.piecrust.cluster;

/** What a worker process works on. */
public enum WorkerKind {
  /** Models on the devices of the machine. */
  GPU,

  /** Questions to language models. */
  LLM
}
