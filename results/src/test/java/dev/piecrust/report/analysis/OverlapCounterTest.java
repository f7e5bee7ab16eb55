package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OverlapCounterTest {
  private final OverlapCounter counter =
      new OverlapCounter(List.of("fap", "fap-swap", "random"), List.of(2));

  @Test
  void averagesOverPromptsAndJoinsFeatures() {
    // Prompt 0: fap keeps features 1 and 2 at position 0, fap-swap 2 and 3: 1 of 3 in common.
    counter.add(
        List.of(outcome(0, "fap", at(0, 1), at(0, 2)), outcome(0, "fap-swap", at(0, 2), at(0, 3))));
    // Prompt 1: the same features at other positions: nothing in common.
    counter.add(List.of(outcome(1, "fap", at(1, 3)), outcome(1, "fap-swap", at(2, 3))));
    // Of all prompts fap keeps features 1, 2, 3 and fap-swap 2, 3: 2 of 3 in common.
    assertThat(counter.overlaps())
        .containsExactly(new Overlap("fap", "fap-swap", 2, 2, (1.0 / 3 + 0) / 2, 2.0 / 3));
  }

  @Test
  void tellsLayersApart() {
    KeptOccurrence low = new KeptOccurrence(0, 4, 7, 1);
    KeptOccurrence high = new KeptOccurrence(1, 4, 7, 1);
    counter.add(List.of(outcome(0, "fap", low, high), outcome(0, "random", high)));
    assertThat(counter.overlaps()).containsExactly(new Overlap("fap", "random", 2, 1, 0.5, 0.5));
  }

  @Test
  void callsTwoEmptySetsTheSame() {
    counter.add(List.of(outcome(0, "fap"), outcome(0, "random")));
    assertThat(counter.overlaps()).containsExactly(new Overlap("fap", "random", 2, 1, 1, 1));
  }

  private static KeptOccurrence at(int position, int feature) {
    return new KeptOccurrence(0, position, feature, 1);
  }

  private static PromptOutcome outcome(int index, String method, KeptOccurrence... kept) {
    TreeMap<Integer, List<KeptOccurrence>> sets = new TreeMap<>();
    sets.put(2, Arrays.asList(kept));
    return new PromptOutcome("ioi", index, "ab".repeat(20), method, 9, new TreeMap<>(), sets);
  }
}
