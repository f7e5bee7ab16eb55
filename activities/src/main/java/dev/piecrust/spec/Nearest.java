package dev.piecrust.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the name that someone may have meant. */
final class Nearest {
  private Nearest() {}

  /** The candidate that the fewest edits turn into, if a third of its letters suffice. */
  static Optional<String> to(String written, Collection<String> candidates) {
    String lower = written.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .min(Comparator.<String>comparingInt(c -> distance(lower, c)).thenComparing(c -> c))
        .filter(c -> distance(lower, c) <= (c.length() + 2) / 3);
  }

  /** {@code " (did you mean 'x'?)"}, or nothing. */
  static String hint(String written, Collection<String> candidates) {
    return to(written, candidates).map(" (did you mean '%s'?)"::formatted).orElse("");
  }

  /** Levenshtein's distance, one row at a time. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
