package dev.piecrust.prune.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.campaign.Metric;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.RandomSubject;
import dev.piecrust.prune.TaskMetric;
import dev.piecrust.transcoder.TranscoderKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cheap way of docs/method.md §6 against the plain loop over decoder rows, on a random model
 * with either kind of transcoder.
 */
@ParameterizedClass
@EnumSource(TranscoderKind.class)
class ExactnessTest {
  @Parameter TranscoderKind kind = TranscoderKind.CROSS_LAYER;
  @TempDir Path folder;
  private RandomSubject subject;
  private PruningBatch batch;

  @BeforeEach
  void open() throws IOException {
    subject = new RandomSubject(folder, kind);
    batch = subject.batch(subject.pairs(9, 6, 12));
  }

  @AfterEach
  void close() {
    batch.close();
    subject.close();
  }

  @Test
  void scoresEqualThePlainLoopOverDecoderRows() {
    NDArray hidden =
        TaskMetric.of(Metric.LOGIT_DIFF).hiddenGradient(subject.manager, batch, batch.clean());
    List<float[]> gradient =
        subject.model.adjoint(subject.manager, batch.clean(), hidden).stream()
            .map(NDArray::toFloatArray)
            .toList();
    List<float[]> scores = new Fap(Metric.LOGIT_DIFF, Linearity.LOCAL).score(batch);
    for (int b = 0; b < batch.size(); b++) {
      Occurrences o = batch.occurrences(b);
      assertThat(o.size()).isGreaterThan(100);
      for (int i = 0; i < o.size(); i++) {
        double effect = 0;
        for (int t = o.layer()[i]; writes(o, i, t); t++) {
          int at = (b * batch.tokens().width() + o.position()[i]) * subject.model.width();
          for (int k = 0; k < subject.model.width(); k++) {
            effect += (double) row(o, i, t, k) * gradient.get(t)[at + k];
          }
        }
        assertThat((double) scores.get(b)[i])
            .isCloseTo(o.delta()[i] * effect, within(1e-5 * Math.max(0.1, Math.abs(effect))));
      }
    }
  }

  @Test
  void keepingAllOccurrencesIsTheCleanRun() {
    for (int b = 0; b < batch.size(); b++) {
      try (PromptRun run = new PromptRun(batch, b, Metric.LOGIT_DIFF)) {
        FidelityCheck check = new FidelityCheck(run);
        int[] all = IntStream.range(0, batch.occurrences(b).size()).toArray();
        Fidelity fidelity = check.measure(List.of(all)).get(0);
        assertThat(fidelity.klAll()).isLessThan(1e-6);
        assertThat(fidelity.predChanged()).isZero();
      }
    }
  }

  @Test
  void keepingNothingSubtractsTheWholeDeltaRowByRow() {
    int b = 2;
    TokenBatch alone = new TokenBatch(List.of(batch.pair(b).clean()));
    float[] clean = logits(alone, List.of());
    float[] removed = logits(alone, plainRemoval(b));
    int vocabulary = subject.model.vocabulary();
    int last = (alone.width() - 1) * vocabulary;
    double kl = 0;
    double cleanSum = logSumExp(clean, last, vocabulary);
    double removedSum = logSumExp(removed, last, vocabulary);
    for (int v = 0; v < vocabulary; v++) {
      double p = clean[last + v] - cleanSum;
      kl += Math.exp(p) * (p - (removed[last + v] - removedSum));
    }
    try (PromptRun run = new PromptRun(batch, b, Metric.LOGIT_DIFF)) {
      FidelityCheck check = new FidelityCheck(run);
      Fidelity fidelity = check.measure(List.of(new int[0])).get(0);
      assertThat(fidelity.klLast()).isCloseTo(kl, within(1e-5 * kl));
      assertThat(kl).isGreaterThan(1e-3);
    }
  }

  @Test
  void aPromptGivesTheSameInAnyBatch() {
    try (PruningBatch alone = subject.batch(subject.pairs(9, 6, 12).subList(1, 2))) {
      assertThat(alone.occurrences(0).feature()).isEqualTo(batch.occurrences(1).feature());
      float[] together = new Fap(Metric.LOGIT_DIFF, Linearity.LOCAL).score(batch).get(1);
      float[] single = new Fap(Metric.LOGIT_DIFF, Linearity.LOCAL).score(alone).get(0);
      for (int i = 0; i < single.length; i++) {
        assertThat(together[i]).isCloseTo(single[i], within(1e-5f));
      }
    }
  }

  private List<NDArray> plainRemoval(int b) {
    Occurrences o = batch.occurrences(b);
    int width = subject.model.width();
    int positions = batch.tokens().length(b);
    List<NDArray> patches = new ArrayList<>();
    for (int t = 0; t < subject.model.layers(); t++) {
      float[] patch = new float[positions * width];
      for (int i = 0; i < o.size(); i++) {
        for (int k = 0; k < width && writes(o, i, t); k++) {
          patch[o.position()[i] * width + k] += o.delta()[i] * row(o, i, t, k);
        }
      }
      patches.add(subject.manager.create(patch, new Shape(1, positions, width)));
    }
    return patches;
  }

  private boolean writes(Occurrences o, int i, int t) {
    return o.layer()[i] <= t
        && t < subject.model.layers()
        && (kind == TranscoderKind.CROSS_LAYER || t == o.layer()[i]);
  }

  private float row(Occurrences o, int i, int t, int k) {
    int l = o.layer()[i];
    int writes = subject.transcoder.writes(l);
    return subject.decoder(l)[(o.feature()[i] * writes + t - l) * subject.model.width() + k];
  }

  private float[] logits(TokenBatch tokens, List<NDArray> patch) {
    return subject.model.unembed(subject.model.run(subject.manager, tokens, patch)).toFloatArray();
  }

  private static double logSumExp(float[] logits, int from, int count) {
    double sum = 0;
    for (int v = from; v < from + count; v++) {
      sum += Math.exp(logits[v]);
    }
    return Math.log(sum);
  }
}
