package dev.piecrust.prune;

import dev.piecrust.campaign.Corruption;
import dev.piecrust.transcoder.SparseActivations;

/** The activations of a pair's clean and corrupted run. */
public record PairActivations(SparseActivations clean, SparseActivations corrupted) {
  /** The pair's occurrences; a NaN or an infinity among the activations is a numeric failure. */
  public Occurrences occurrences(Corruption corruption) {
    return Occurrences.of(clean, corrupted, corruption);
  }
}
