package dev.piecrust.bench.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.Scope;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.model.Models;
import dev.piecrust.model.Transformer;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.OccurrenceFinder;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.method.ScoringMethods;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.DType;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published models with their transcoders, random and a 32nd as wide, through the code that
 * loads and prunes the real ones.
 */
@ParameterizedClass
@CsvSource(
    delimiter = '|',
    value = {
      "llama-3.2-1b/32|1",
      "gemma-2-2b/32|2",
      "qwen3-0.6b/32,layers=4,active=32|1",
      "gemma-3-1b/32,layers=7,active=32|1",
      "llama-3.1-8b/64,layers=4,vocabulary=4000,active=32|3",
    })
class RandomCheckpointTest {
  @Parameter(0)
  String preset = "";

  @Parameter(1)
  int modelFiles;

  @TempDir Path parent;
  private BenchShape shape;
  private BenchFolder folder;
  private NDManager manager;
  private Transformer model;
  private Transcoder transcoder;
  private List<TokenizedPair> pairs;

  @BeforeEach
  void writeAndLoad() {
    shape = BenchShape.parse(preset + ",prompts=3");
    folder = BenchFolder.in(parent, shape);
    folder.writeSettings();
    folder.writeWeights();
    manager = TensorRuntime.start().newManager();
    model = Models.load(folder.model(), manager);
    folder.writeTranscoder(Calibration.thresholds(shape, model, manager));
    transcoder = Transcoders.load(folder.transcoder(), manager, shape.layers(), shape.width());
    pairs = BenchPrompts.IOI.pairs(shape, folder.model());
  }

  @AfterEach
  void close() {
    transcoder.close();
    model.close();
    manager.close();
    folder.close();
  }

  @Test
  void isOnDiskAsThePublishedOneIs() {
    try (SafeTensors tensors = SafeTensors.openFolder(folder.model())) {
      assertThat(tensors.files()).hasSize(modelFiles);
      assertThat(tensors.names()).hasSize(shape.tensors().size());
      assertThat(tensors.names())
          .allSatisfy(name -> assertThat(tensors.info(name).dtype()).isEqualTo(DType.BF16));
    }
    assertThat(model.layers()).isEqualTo(shape.layers());
    assertThat(model.tokenizer().size()).isEqualTo(model.vocabulary());
    assertThat(transcoder.features()).isEqualTo(shape.features());
    assertThat(pairs)
        .allSatisfy(
            pair -> assertThat(pair.clean()).startsWith(model.tokenizer().bos().orElseThrow()));
  }

  @Test
  void isScoredAndPrunedLikeTheRealOne() {
    List<Occurrences> occurrences = occurrences();
    try (PruningBatch batch = new PruningBatch(manager, model, transcoder, pairs, occurrences)) {
      List<float[]> scores =
          ScoringMethods.runs(Method.FAP, PruneSpec.defaults()).get(0).score(batch);
      for (int b = 0; b < batch.size(); b++) {
        assertThat(scores.get(b)).hasSize(occurrences.get(b).size());
        List<Fidelity> fidelity = fidelity(batch, b, scores.get(b));
        assertThat(fidelity).allMatch(of -> Double.isFinite(of.klLast()) && of.klLast() < 10);
        double nothing = fidelity.get(0).klLast();
        assertThat(nothing).isGreaterThan(1e-6);
        assertThat(fidelity.get(1).klLast()).isLessThan(nothing);
        assertThat(fidelity.get(2).klAll()).isCloseTo(0, within(nothing / 1000));
        assertThat(fidelity.get(2).faithfulness()).isCloseTo(1, within(1e-3));
      }
    }
  }

  private List<Occurrences> occurrences() {
    return new OccurrenceFinder(model, transcoder)
        .find(manager, pairs, Corruption.PROMPT).stream()
            .map(found -> found.occurrences(Corruption.PROMPT))
            .toList();
  }

  /** Of nothing, the better half, and everything kept. */
  private static List<Fidelity> fidelity(PruningBatch batch, int prompt, float[] scores) {
    int[] ranking = KeepSet.ranking(scores);
    Occurrences own = batch.occurrences(prompt);
    List<int[]> sets =
        List.of(0, own.size() / 2, own.size()).stream()
            .map(budget -> KeepSet.best(own, ranking, budget, Scope.GLOBAL))
            .toList();
    try (PromptRun run = new PromptRun(batch, prompt, Metric.LOGIT_DIFF)) {
      return new FidelityCheck(run).measure(sets);
    }
  }
}
