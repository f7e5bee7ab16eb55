package dev.piecrust.workflow.prune;

/** What the pruning of a task works on. */
enum PruneStep {
  /** Scores and fidelity, batch by batch. */
  PROMPTS,
  /** Features and circuits of the whole task, once. */
  CIRCUITS,
  /** Circuits on held-out prompts, batch by batch. */
  HELD_OUT,
  /** Nothing any more. */
  DONE
}
