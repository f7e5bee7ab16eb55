package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.SmallSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A campaign on the demo model through all three stages, and what it must lead to. */
final class ClusterSpec {
  private static final String METHODS = "fap, fap-synergy, random";

  private ClusterSpec() {}

  /** Writes it into a folder. */
  static Path write(Path folder, int prompts) throws IOException {
    return SmallSpec.explaining(
        folder,
        METHODS,
        prompts,
        30,
        "windows: 500, tokens: 48",
        "  llm: {provider: lexical}\nevaluate: {preset: pie}\n");
  }

  /**
   * All but the books, in which a call that was lost with its worker stands beside its repetition.
   */
  static SortedMap<String, List<String>> results(SortedMap<String, List<String>> exported) {
    assertThat(exported).containsKey("costs.json");
    SortedMap<String, List<String>> results = new TreeMap<>(exported);
    results.remove("costs.json");
    return results;
  }
}
