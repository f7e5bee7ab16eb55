package dev.piecrust.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.transcoder.FeatureHit;
import dev.piecrust.transcoder.SparseActivations;
import dev.piecrust.transcoder.TranscoderKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TopK over all layers, against a sort of all activations, token by token. */
class JointTopKTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "CROSS_LAYER, activation, 7",
    "CROSS_LAYER, decoder_norm, 7",
    "PER_LAYER, decoder_norm, 3",
    "PER_LAYER, activation, 10000"
  })
  void keepsThoseOfAllLayersThatRankHighest(TranscoderKind kind, String rank, int k)
      throws IOException {
    try (RandomSubject all = new RandomSubject(folder, kind)) {
      List<int[]> prompts = all.pairs(5, 9, 12).stream().map(TokenizedPair::clean).toList();
      boolean byNorm = rank.equals("decoder_norm");
      List<List<String>> expected =
          activations(all, prompts).stream().map(a -> sorted(all, a, k, byNorm)).toList();

      config("activation: topk\nk: " + k + "\nk_over: all_layers\nk_rank: " + rank);
      try (RandomSubject joint = all.reopened()) {
        List<SparseActivations> found = activations(joint, prompts);
        assertThat(found.stream().map(JointTopKTest::words).toList()).isEqualTo(expected);
        assertThat(joint.transcoder.expected().active()).hasValue(k);
        assertThat(joint.transcoder.fingerprint()).isNotEqualTo(all.transcoder.fingerprint());
        assertThat(hits(joint, prompts)).isEqualTo(expected);
      }
    }
  }

  private List<SparseActivations> activations(RandomSubject subject, List<int[]> prompts) {
    Trace trace = subject.model.trace(subject.manager, new TokenBatch(prompts));
    int[] first = {1, 1, 1};
    int[] length = prompts.stream().mapToInt(p -> p.length).toArray();
    return subject.transcoder.activations(subject.model, trace, first, length);
  }

  /** The same, of features asked for. */
  private static List<List<String>> hits(RandomSubject subject, List<int[]> prompts) {
    List<FeatureId> features = new ArrayList<>();
    for (int l = 0; l < subject.model.layers(); l++) {
      for (int f = 0; f < RandomSubject.FEATURES; f++) {
        features.add(new FeatureId(l, f));
      }
    }
    List<boolean[]> counts = new ArrayList<>();
    for (int[] prompt : prompts) {
      boolean[] counted = new boolean[prompt.length];
      Arrays.fill(counted, 1, prompt.length, true);
      counts.add(counted);
    }
    Trace trace = subject.model.trace(subject.manager, new TokenBatch(prompts));
    return subject
        .transcoder
        .encoderOf(subject.manager, features)
        .hits(subject.model, trace, counts)
        .stream()
        .map(
            prompt -> {
              TreeSet<String> words = new TreeSet<>();
              for (FeatureHit hit : prompt) {
                FeatureId f = features.get(hit.ordinal());
                for (int p : hit.position()) {
                  words.add(word(p, f.layer(), f.index()));
                }
              }
              return List.copyOf(words);
            })
        .toList();
  }

  private static List<String> sorted(
      RandomSubject subject, SparseActivations a, int k, boolean byNorm) {
    int positions = Arrays.stream(a.position()).max().orElseThrow() + 1;
    TreeSet<String> kept = new TreeSet<>();
    for (int p = 0; p < positions; p++) {
      int position = p;
      IntStream.range(0, a.size())
          .filter(i -> a.position()[i] == position)
          .boxed()
          .sorted(
              Comparator.comparingDouble(
                  (Integer i) -> -a.value()[i] * (byNorm ? norm(subject, a, i) : 1)))
          .limit(k)
          .forEach(i -> kept.add(word(position, a.layer()[i], a.feature()[i])));
    }
    return List.copyOf(kept);
  }

  private static double norm(RandomSubject subject, SparseActivations a, int i) {
    float[] decoder = subject.decoder(a.layer()[i]);
    int size = decoder.length / RandomSubject.FEATURES;
    double sum = 0;
    for (int at = a.feature()[i] * size; at < (a.feature()[i] + 1) * size; at++) {
      sum += (double) decoder[at] * decoder[at];
    }
    return Math.sqrt(sum);
  }

  private static List<String> words(SparseActivations a) {
    return List.copyOf(
        IntStream.range(0, a.size())
            .mapToObj(i -> word(a.position()[i], a.layer()[i], a.feature()[i]))
            .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
  }

  private static String word(int position, int layer, int feature) {
    return "%d %d %d".formatted(position, layer, feature);
  }

  private void config(String lines) throws IOException {
    Path file = folder.resolve("config.yaml");
    Files.writeString(file, Files.readString(file) + lines + "\n");
  }

  @Test
  void refusesAnotherScopeOrRank() throws IOException {
    try (RandomSubject subject = new RandomSubject(folder)) {
      config("activation: topk\nk: 3\nk_over: tokens");
      assertThatThrownBy(subject::reopened)
          .isInstanceOf(PieCrustException.class)
          .hasMessageContaining("k_over is tokens, expected layer or all_layers");
    }
  }
}
