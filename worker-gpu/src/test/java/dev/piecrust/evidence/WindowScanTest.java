package dev.piecrust.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.prune.ToySubject;
import dev.piecrust.transcoder.FeatureHit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On the toy: tokens 1 and 2 activate features 0 and 1 of layer 0 by (2, 1) and (0, 3), and those
 * of layer 1 by (4, 2) and (0, 6).
 */
class WindowScanTest {
  private static final FeatureId FIRST = new FeatureId(0, 0);
  private static final FeatureId SECOND = new FeatureId(1, 1);

  @TempDir Path folder;

  private static WindowScan scan(ToySubject toy, FeatureId... features) {
    return new WindowScan(
        toy.model,
        toy.transcoder.encoderOf(toy.manager, List.of(features)),
        new WindowTokens(toy.model.tokenizer()));
  }

  @Test
  void findsWhereEachFeatureIsActiveAndLeavesOutBosAndPadding() throws IOException {
    try (ToySubject toy = new ToySubject(folder)) {
      List<List<FeatureHit>> hits =
          scan(toy, SECOND, FIRST)
              .hits(toy.manager, List.of(new int[] {0, 2}, new int[] {0, 1, 2, 1}));
      assertThat(hits.get(0)).hasSize(1); // the first feature is silent on token 2
      same(hits.get(0).get(0), 0, new int[] {1}, 6);
      same(hits.get(1).get(0), 1, new int[] {1, 3}, 2, 2);
      same(hits.get(1).get(1), 0, new int[] {1, 2, 3}, 2, 6, 2);
    }
  }

  private static void same(FeatureHit hit, int ordinal, int[] position, float... value) {
    assertThat(hit.ordinal()).isEqualTo(ordinal);
    assertThat(hit.position()).containsExactly(position);
    assertThat(hit.value()).containsExactly(value);
  }

  @Test
  void aSpecialTokenInTheMiddleDoesNotCount() throws IOException {
    try (ToySubject toy = new ToySubject(folder)) {
      List<List<FeatureHit>> hits =
          scan(toy, FIRST).hits(toy.manager, List.of(new int[] {0, 0, 1}));
      same(hits.get(0).get(0), 0, new int[] {2}, 2);
    }
  }

  @Test
  void holdsNothingAfterAPass() throws IOException {
    try (ToySubject toy = new ToySubject(folder)) {
      WindowScan scan = scan(toy, FIRST, SECOND);
      int before = toy.manager.getManagedArrays().size();
      for (int i = 0; i < 20; i++) {
        scan.hits(toy.manager, List.of(new int[] {0, 1}));
      }
      assertThat(toy.manager.getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void refusesAFeatureThatTheTranscoderDoesNotHave() throws IOException {
    try (ToySubject toy = new ToySubject(folder)) {
      assertThatThrownBy(() -> scan(toy, new FeatureId(2, 0)))
          .hasMessage(
              "feature 0 of layer 2 is not in the transcoder, expected one of its 2 layers of 2"
                  + " features");
    }
  }
}
