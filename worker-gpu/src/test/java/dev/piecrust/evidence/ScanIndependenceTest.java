package dev.piecrust.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.model.Models;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.FeatureHit;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is found in a window of the demo's corpus does not depend on the windows beside it, nor on
 * the number of threads, but for the last bits of f32 sums.
 */
class ScanIndependenceTest {
  private static final Path DEMO = Path.of("..", "demo");
  private static final int WINDOWS = 48;

  private final NDManager manager = TensorRuntime.start().newManager();
  private final Transformer model = Models.load(DEMO.resolve("model"), manager);
  private final Transcoder clt = Transcoders.load(DEMO.resolve("clt"), manager, 4, 128);
  private final CorpusWindows corpus =
      CorpusWindows.read(DEMO.resolve("corpus.jsonl.gz"), model.tokenizer(), WINDOWS, 48);
  private final WindowScan scan =
      new WindowScan(
          model, clt.encoderOf(manager, features()), new WindowTokens(model.tokenizer()));

  @AfterEach
  void close() {
    JniUtils.setNumThreads(TensorRuntime.threads());
    clt.close();
    model.close();
    manager.close();
  }

  private static List<FeatureId> features() {
    return IntStream.range(0, 200).mapToObj(i -> new FeatureId(i % 4, 3 * i)).toList();
  }

  private List<List<FeatureHit>> hits(int together) {
    List<List<FeatureHit>> all = new ArrayList<>();
    for (int from = 0; from < WINDOWS; from += together) {
      int to = Math.min(WINDOWS, from + together);
      all.addAll(scan.hits(manager, IntStream.range(from, to).mapToObj(corpus::get).toList()));
    }
    return all;
  }

  @Test
  void ofTheWindowsBesideIt() {
    List<List<FeatureHit>> whole = hits(WINDOWS);
    assertThat(whole.stream().mapToInt(List::size).sum()).isGreaterThan(1000);
    same(hits(1), whole);
    same(hits(7), whole);
  }

  @Test
  void ofTheNumberOfThreads() {
    JniUtils.setNumThreads(1);
    List<List<FeatureHit>> one = hits(21);
    JniUtils.setNumThreads(2);
    same(hits(21), one);
  }

  /** The same features at the same tokens, by nearly the same numbers. */
  private static void same(List<List<FeatureHit>> found, List<List<FeatureHit>> expected) {
    for (int w = 0; w < WINDOWS; w++) {
      assertThat(found.get(w)).hasSameSizeAs(expected.get(w));
      for (int i = 0; i < found.get(w).size(); i++) {
        FeatureHit a = found.get(w).get(i);
        FeatureHit b = expected.get(w).get(i);
        assertThat(a.ordinal()).isEqualTo(b.ordinal());
        assertThat(a.position()).isEqualTo(b.position());
        for (int p = 0; p < a.value().length; p++) {
          assertThat(a.value()[p]).isCloseTo(b.value()[p], within(1e-4f));
        }
      }
    }
  }
}
