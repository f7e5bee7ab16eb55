package dev.piecrust.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Stratum;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.transcoder.FeatureHit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strata of 200 windows "Mary and": ranks 0–9 highest, 10–49 high, 50–99 middle, 100–199 low. */
class EvidenceDrawTest {
  private static final int WINDOWS = 200;
  private static final FeatureId FEATURE = new FeatureId(0, 7);
  private static final Quotas QUOTAS = new Quotas(4, 3, 5);

  @TempDir Path folder;
  private final Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("word-level"));
  private CorpusWindows corpus;

  @BeforeEach
  void write() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "Mary and\n".repeat(WINDOWS));
    corpus = CorpusWindows.read(file, tokenizer, WINDOWS, 8);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  private static EvidenceState empty(Quotas quotas) {
    return EvidenceState.empty(List.of(FEATURE), quotas, WINDOWS, 3);
  }

  private static void see(EvidenceState state, int window, double activation) {
    if (activation > 0) {
      FeatureHit hit = new FeatureHit(0, new int[] {2}, new float[] {(float) activation});
      state.add(window, List.of(hit));
    }
  }

  private Evidence draw(Quotas quotas, long seed, IntToDoubleFunction activation) {
    EvidenceState state = EvidenceState.empty(List.of(FEATURE), quotas, WINDOWS, seed);
    for (int w = 0; w < WINDOWS; w++) {
      see(state, w, activation.applyAsDouble(w));
    }
    return evidence(state, quotas, seed);
  }

  private Evidence evidence(EvidenceState state, Quotas quotas, long seed) {
    return new EvidenceDraw(corpus, quotas, seed, new WindowTokens(tokenizer)).evidence(state, 0);
  }

  private static List<Integer> windows(Evidence evidence, Stratum stratum) {
    return evidence.of(stratum).stream().map(Example::window).toList();
  }

  @Test
  void everyStratumHoldsWindowsOfItsRanksAlone() {
    // The rank of window w is 199 − w.
    Evidence evidence = draw(QUOTAS, 3, w -> w + 1);
    assertThat(evidence.windows()).isEqualTo(WINDOWS);
    assertThat(evidence.active()).hasSize(WINDOWS).startsWith(200f, 199f).endsWith(2f, 1f);
    assertThat(evidence.maximum()).isEqualTo(200);
    assertThat(windows(evidence, Stratum.TOP)).containsExactly(199, 198, 197, 196);
    assertThat(windows(evidence, Stratum.HIGHEST))
        .hasSize(3)
        .allSatisfy(w -> assertThat(w).isBetween(190, 195));
    assertThat(windows(evidence, Stratum.HIGH))
        .hasSize(3)
        .allSatisfy(w -> assertThat(w).isBetween(150, 189));
    assertThat(windows(evidence, Stratum.MIDDLE))
        .hasSize(3)
        .allSatisfy(w -> assertThat(w).isBetween(100, 149));
    assertThat(windows(evidence, Stratum.LOW))
        .hasSize(5)
        .allSatisfy(w -> assertThat(w).isBetween(0, 99));
    Example first = evidence.of(Stratum.TOP).get(0);
    assertThat(first.tokens()).containsExactly("Mary", "and");
    assertThat(first.activations()).containsExactly(0f, 200f);
  }

  @Test
  void ofAFeatureThatIsNeverActiveThereIsNoTopButEveryOtherStratum() {
    Evidence evidence = draw(QUOTAS, 3, w -> 0);
    assertThat(evidence.active()).isEmpty();
    assertThat(evidence.maximum()).isZero();
    assertThat(evidence.of(Stratum.TOP)).isEmpty();
    assertThat(evidence.examples())
        .hasSize(3 + 3 + 3 + 5)
        .allSatisfy(example -> assertThat(example.activation()).isZero());
    assertThat(new HashSet<>(evidence.examples().stream().map(Example::window).toList()))
        .hasSize(14);
  }

  @Test
  void aFeatureActiveInOnePercentHasThoseTwoWindowsAtTheTopAndInactiveOnesElsewhere() {
    Evidence evidence = draw(QUOTAS, 3, w -> w == 17 ? 2 : w == 120 ? 5 : 0);
    assertThat(evidence.active()).containsExactly(5f, 2f);
    assertThat(windows(evidence, Stratum.TOP)).containsExactly(120, 17);
    assertThat(evidence.of(Stratum.HIGHEST))
        .hasSize(3)
        .allSatisfy(example -> assertThat(example.activation()).isZero());
  }

  @Test
  void windowsOfOneActivationAreRankedByAHashThatTheSeedDecides() {
    Evidence evidence = draw(QUOTAS, 3, w -> 1);
    assertThat(evidence).isEqualTo(draw(QUOTAS, 3, w -> 1));
    assertThat(windows(evidence, Stratum.TOP))
        .isNotEqualTo(windows(draw(QUOTAS, 4, w -> 1), Stratum.TOP));
  }

  @Test
  void withinAStratumActiveAndInactiveWindowsAreDrawnAlike() {
    // 30 active windows: all of the highest 10 and 20 of the next 40.
    Quotas most = new Quotas(1, 20, 20);
    int active = 0;
    for (int seed = 0; seed < 60; seed++) {
      active +=
          (int)
              draw(most, seed, w -> w < 30 ? 1 : 0).of(Stratum.HIGH).stream()
                  .filter(example -> example.activation() > 0)
                  .count();
    }
    // Half of 60 · 20 draws, with a standard deviation of about 12.
    assertThat(active).isBetween(540, 660);
  }

  @Test
  void aStateThatWasWrittenDownInPartsIsTheSame() throws IOException {
    Set<String> drawn = new HashSet<>();
    for (int cut : new int[] {1, 50, 64, 199, 200}) {
      EvidenceState sum = empty(QUOTAS);
      for (int from = 0; from < WINDOWS; from += cut) {
        EvidenceState part = empty(QUOTAS);
        for (int w = from; w < Math.min(WINDOWS, from + cut); w++) {
          see(part, w, w % 7 == 0 ? w % 13 : 0);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part.write(out);
        sum.addWritten(new ByteArrayInputStream(out.toByteArray()), 1, 0);
      }
      drawn.add(evidence(sum, QUOTAS, 3).toString());
    }
    EvidenceState whole = empty(QUOTAS);
    for (int w = 0; w < WINDOWS; w++) {
      see(whole, w, w % 7 == 0 ? w % 13 : 0);
    }
    drawn.add(evidence(whole, QUOTAS, 3).toString());
    assertThat(drawn).hasSize(1);
  }

  @Test
  void remembersTheTokensOfFewWindowsOfALargeCorpus() {
    int windows = 20_000;
    EvidenceState state = EvidenceState.empty(List.of(FEATURE), new Quotas(12, 7, 7), windows, 0);
    for (int w = 0; w < windows; w++) {
      see(state, w, 1 + w % 100);
    }
    // 7 + 6·√7 + 20 of the 988 highest that are not at the top: 4.3 %.
    assertThat(state.features().get(0).remembered()).hasSizeBetween(750, 1000);
  }
}
