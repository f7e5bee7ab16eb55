package dev.piecrust.bench.circuits;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.task.TokenizedPair;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a circuit can tell the tokens that a pair's corruption replaces. A circuit of 50 features
 * cannot hold 50 names: on a prompt whose names have no feature in it, it has nothing to go by.
 */
final class TokenCoverage {
  private TokenCoverage() {}

  /**
   * The share of the replaced tokens, each token once, that have a feature of the circuit of their
   * own: one that is active on the token, and silent at the same place of the corrupted prompt.
   *
   * @param occurrences with corruption {@code prompt}
   * @return not-a-number where nothing is replaced
   */
  static double share(TokenizedPair pair, Occurrences occurrences, Set<FeatureId> circuit) {
    Set<Integer> replaced = new HashSet<>();
    for (int p = 0; p < pair.length(); p++) {
      if (pair.clean()[p] != pair.corrupted()[p]) {
        replaced.add(pair.clean()[p]);
      }
    }
    Set<Integer> covered = new HashSet<>();
    for (int i = 0; i < occurrences.size(); i++) {
      int p = occurrences.position()[i];
      boolean own = occurrences.clean()[i] > 0 && occurrences.delta()[i] == occurrences.clean()[i];
      if (own
          && pair.clean()[p] != pair.corrupted()[p]
          && circuit.contains(new FeatureId(occurrences.layer()[i], occurrences.feature()[i]))) {
        covered.add(pair.clean()[p]);
      }
    }
    return covered.size() / (double) replaced.size();
  }
}
