package dev.piecrust.report.meaning;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.piecrust.feature.Explanation;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells that many features have one description, which then says little of any of them. */
public final class SameDescription {
  /** Fewer may well mean the same. */
  private static final int FEWEST = 3;

  /** From this share on, in percent of the features that are described. */
  private static final int SHARE = 20;

  private SameDescription() {}

  /** One sentence, where there is something to tell. */
  public static Optional<String> note(Collection<Explanation> explanations) {
    List<String> all =
        explanations.stream()
            .flatMap(explanation -> explanation.description().stream())
            .map(text -> text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
            .toList();
    return all.stream().collect(groupingBy(text -> text, counting())).values().stream()
        .max(Long::compare)
        .filter(most -> most >= FEWEST && 100 * most >= (long) SHARE * all.size())
        .map(most -> "%d of %d features have the same description".formatted(most, all.size()));
  }
}
