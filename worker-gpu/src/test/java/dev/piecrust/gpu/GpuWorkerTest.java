package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.CircuitQuestions;
import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.PromptFailure;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.MetricCurve;
import dev.piecrust.feature.MetricCurves;
import dev.piecrust.feature.Predictions;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.feature.TaskAccuracy;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.store.result.KeptPrompt;
import dev.piecrust.task.IoiTask;
import dev.piecrust.task.PromptPair;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The activities on the demo model, without a workflow. */
class GpuWorkerTest {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();

  @TempDir Path folder;

  private static CampaignSpec spec(Path model) {
    PruneSpec d = PruneSpec.defaults();
    PruneSpec prune =
        new PruneSpec(
            List.of(
                Method.FAP,
                Method.FAP_SYNERGY,
                Method.FAP_SWAP,
                Method.RANDOM,
                Method.CIRCUIT_SWAP,
                Method.CIRCUIT_GREEDY),
            List.of(10, 40),
            d.corruption(),
            d.metric(),
            d.scope(),
            2,
            2,
            MethodSettings.defaults().with(new SwapSpec(1, 8, SwapSpec.Objective.KL_LAST)),
            0.2,
            true);
    return new CampaignSpec(
        "units",
        new SubjectSpec(model.toString(), DEMO.resolve("clt").toString()),
        List.of(new TaskSpec("ioi", TaskKind.IOI, 4, 1000, Optional.empty())),
        prune,
        LimitsSpec.defaults());
  }

  @Test
  void workersContinueOneAnothersUnitsAndFindWhatIsDone() {
    List<BatchSummary> alone;
    try (Installation one = new Installation(folder.resolve("one"))) {
      GpuActivities worker = one.worker();
      alone = Installation.run(one.open("c", spec(DEMO.resolve("model")), worker), worker);
    }
    assertThat(alone).allSatisfy(unit -> assertThat(unit.reused()).isFalse());
    try (Installation two = new Installation(folder.resolve("two"))) {
      GpuActivities a = two.worker();
      GpuActivities b = two.worker();
      List<PruneBatch> batches = two.open("c", spec(DEMO.resolve("model")), a);
      a.scoreFeatures(batches.get(0));
      b.rerankSynergy(batches.get(0));
      a.checkFidelity(batches.get(0));
      b.scoreFeatures(batches.get(1));
      a.rerankSynergy(batches.get(1));
      b.checkFidelity(batches.get(1));
      assertThat(measureAsked(batches, a, b)).isGreaterThan(4);
      long checkpoints = two.stores.checkpoints().artifacts().size();
      b.chooseCircuits(Installation.whole(batches));
      assertThat(two.stores.checkpoints().artifacts().size())
          .as("nothing is left to measure: features and circuits are all that is new")
          .isLessThanOrEqualTo((int) checkpoints + 2);

      List<BatchSummary> again = Installation.run(batches, a);
      // Artifacts are named by their content: the same names are the same bytes.
      assertThat(again)
          .extracting(BatchSummary::result)
          .isEqualTo(alone.stream().map(BatchSummary::result).toList());
      assertThat(again.subList(0, 7)).allSatisfy(unit -> assertThat(unit.reused()).isTrue());

      List<PruneBatch> other = two.open("other", spec(DEMO.resolve("model")), b);
      assertThat(Installation.run(other, b)).allSatisfy(unit -> assertThat(unit.reused()).isTrue());
      assertThat(two.results("other")).hasSameSizeAs(two.results("c"));
    }
  }

  /**
   * Answers the questions of circuit-swap and circuit-greedy on workers in turn, a step at a time;
   * returns how many answers it took.
   */
  private static int measureAsked(List<PruneBatch> batches, GpuActivities... workers) {
    PruneBatch task = Installation.whole(batches);
    int answers = 0;
    while (true) {
      List<CircuitQuestions.Open> open = workers[answers % 2].askCircuits(task).open();
      if (open.isEmpty()) {
        return answers;
      }
      for (CircuitQuestions.Open question : open) {
        for (PruneBatch batch : batches) {
          if (question.batches().contains(batch.from())) {
            workers[answers++ % 2].measureCircuits(new CircuitShard(batch, question.question()));
          }
        }
      }
    }
  }

  /** Each worker dies after a few steps; the last asks, and answers what was left open. */
  @Test
  void circuitsThatWereChosenInManyCallsAreThoseOfOne() {
    List<BatchSummary> alone;
    try (Installation one = new Installation(folder.resolve("one"))) {
      GpuActivities worker = one.worker();
      alone = Installation.run(one.open("c", asking(), worker), worker);
    }
    try (Installation two = new Installation(folder.resolve("two"))) {
      GpuActivities first = two.worker();
      List<PruneBatch> batches = two.open("c", asking(), first);
      batches.forEach(first::scoreFeatures);
      batches.forEach(first::checkFidelity);
      int deaths = 0;
      for (int writes = 2; writes < 20; writes += 6) {
        GpuActivities dying = two.worker(new FullDisk(two.artifacts, writes));
        assertThatThrownBy(() -> dying.chooseCircuits(Installation.whole(batches)))
            .hasStackTraceContaining("the disk is full");
        deaths++;
      }
      assertThat(deaths).isEqualTo(3);
      assertThat(measureAsked(batches, two.worker(), two.worker())).isPositive();
      ArtifactRef circuits = two.worker().chooseCircuits(Installation.whole(batches)).result();
      assertThat(circuits).isEqualTo(alone.get(2 * 3).result());
      assertThat(two.artifacts.exists(circuits)).isTrue();
    }
  }

  /** Both methods that ask. */
  private static CampaignSpec asking() {
    CampaignSpec like = spec(DEMO.resolve("model"));
    return new CampaignSpec(
        "asking",
        like.subject(),
        like.tasks(),
        like.prune().withMethods(Method.FAP, Method.CIRCUIT_SWAP, Method.CIRCUIT_GREEDY),
        like.limits());
  }

  @Test
  void whatADiskHasDamagedIsComputedAgain() throws IOException {
    Path home = folder.resolve("one");
    List<BatchSummary> whole;
    try (Installation one = new Installation(home)) {
      GpuActivities worker = one.worker();
      whole = Installation.run(one.open("c", spec(DEMO.resolve("model")), worker), worker);
    }
    int flipped = flipAByteOfEach(home);
    assertThat(flipped).isGreaterThanOrEqualTo(whole.size());
    try (Installation one = new Installation(home)) {
      GpuActivities worker = one.worker();
      List<BatchSummary> again =
          Installation.run(one.open("other", spec(DEMO.resolve("model")), worker), worker);
      assertThat(again).allSatisfy(unit -> assertThat(unit.reused()).isFalse());
      assertThat(again)
          .extracting(BatchSummary::result)
          .isEqualTo(whole.stream().map(BatchSummary::result).toList());
    }
  }

  /** How many artifacts below a folder are no longer what they are called. */
  private static int flipAByteOfEach(Path home) throws IOException {
    int flipped = 0;
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(f -> f.toString().matches(".*/[0-9a-f]{64}")).toList()) {
        byte[] content = Files.readAllBytes(file);
        if (content.length > 0) {
          content[content.length / 2] ^= 1;
          Files.write(file, content);
          flipped++;
        }
      }
    }
    return flipped;
  }

  @Test
  void whatTheUnitsLeaveBehindFitsTogether() {
    try (Installation one = new Installation(folder)) {
      GpuActivities worker = one.worker();
      List<PruneBatch> batches = one.open("c", spec(DEMO.resolve("model")), worker);
      Installation.run(batches, worker);

      List<Installation.Result> rows = one.results("c");
      assertThat(kl(rows, "fap-swap", 10)).isLessThan(kl(rows, "fap", 10));
      assertThat(kl(rows, "fap", 10)).isLessThan(kl(rows, "random", 10));

      for (PromptOutcome outcome : read(one, "fidelity ioi", PromptOutcome.class)) {
        Predictions expected = outcome.predictions().orElseThrow();
        assertThat(expected.tokens())
            .hasSameSizeAs(expected.corruptedTokens())
            .hasSizeGreaterThan(9);
        assertThat(expected.patched().keySet()).isEqualTo(outcome.kept().keySet());
        assertThat(expected.clean()).hasSize(5).isNotEqualTo(expected.corrupted());
        if (!outcome.method().equals("random")) { // of which the measures are means over seeds
          outcome.fidelity().forEach((k, f) -> assertThat(agrees(expected, k, f)).isTrue());
        }
      }
      FeatureStats kept10 =
          read(one, "features ioi", FeatureStats.class).stream()
              .filter(f -> f.method().equals("fap") && f.kept().getOrDefault(10, 0) > 0)
              .findFirst()
              .orElseThrow();
      List<KeptPrompt> keepers = one.stores.keptPrompts().of("c", kept10.feature(), "", -1, 9);
      assertThat(keepers.stream().mapToInt(KeptPrompt::occurrences).sum())
          .isEqualTo(kept10.kept().get(10));

      List<Circuit> circuits = read(one, "circuits ioi", Circuit.class);
      // fap and random rank by count and by score, synergy and swap by count, at two budgets each;
      // two methods choose circuits.
      assertThat(circuits).hasSize(2 * (2 + 2 + 1 + 1) + 2 + 2);
      assertThat(circuits).allSatisfy(c -> assertThat(c.features()).hasSize(c.budget()));
      List<FeatureStats> features = read(one, "features ioi", FeatureStats.class);
      int kept =
          features.stream()
              .filter(f -> f.method().equals("fap"))
              .mapToInt(f -> f.kept().getOrDefault(40, 0))
              .sum();
      assertThat(kept).isEqualTo(4 * 40);
      List<CircuitOutcome> heldOut = new ArrayList<>();
      one.stores.circuits().forEach("c", heldOut::add);
      assertThat(heldOut).hasSize(circuits.size()); // one prompt of four is held out
      assertThat(heldOut).allSatisfy(o -> assertThat(o.share()).isEqualTo("held-out"));
      // The curves of each method that ranks stand beside its smallest circuit by its mean score.
      assertThat(heldOut.stream().filter(o -> o.curves().isPresent()))
          .extracting(o -> o.method() + " " + o.ranking() + " " + o.budget())
          .containsExactlyInAnyOrder(
              "fap mean-score 10",
              "fap-synergy kept-count 10",
              "fap-swap kept-count 10",
              "random mean-score 10");
      MetricCurve inSample = heldOut(heldOut, "fap").inSample();
      MetricCurve circuit = heldOut(heldOut, "fap").heldOut();
      assertThat(inSample.empty()).isEqualTo(circuit.empty());
      double chance = heldOut(heldOut, "random").inSample().points().get(5).metric();
      // At 5 % of what is active, fap has most of the metric and chance next to nothing.
      assertThat(inSample.points().get(5).metric() - chance)
          .isGreaterThan((inSample.clean() - inSample.empty()) / 2);
    }
  }

  private static MetricCurves heldOut(List<CircuitOutcome> outcomes, String method) {
    return outcomes.stream()
        .filter(o -> o.method().equals(method))
        .flatMap(o -> o.curves().stream())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatTheModelAnswersItselfIsMeasuredFirst() {
    try (Installation one = new Installation(folder)) {
      GpuActivities worker = one.worker();
      CampaignSpec all = accuracy(false);
      List<PruneBatch> batches = one.open("all", all, worker);
      for (PruneBatch batch : batches) {
        worker.scoreFeatures(batch);
        worker.checkFidelity(batch);
      }
      TaskAccuracy accuracy = one.stores.results().accuracy("all", "ioi").orElseThrow();
      List<Installation.Result> rows = one.results("all");
      long above =
          rows.stream()
              .filter(row -> Objects.requireNonNull(row.fidelity().metricClean()) > 0)
              .map(Installation.Result::prompt)
              .distinct()
              .count();
      assertThat(accuracy).isEqualTo(new TaskAccuracy(40, (int) above, false));
      assertThat(one.stores.campaigns().events("all"))
          .anyMatch(event -> event.message().endsWith(accuracy.words()));

      worker.prepareTask(new TaskRef("all", "ioi")); // again: it is not said twice
      assertThat(one.stores.campaigns().events("all"))
          .filteredOn(event -> event.kind().equals("accuracy"))
          .hasSize(1);
      one.stores.campaigns().create("solved", accuracy(true));
      PreparedTask solved = worker.prepareTask(new TaskRef("solved", "ioi"));
      assertThat(solved.prompts()).isEqualTo((int) above);
      assertThat(one.stores.results().accuracy("solved", "ioi"))
          .contains(new TaskAccuracy(40, (int) above, true));
    }
  }

  private static CampaignSpec accuracy(boolean onlySolved) {
    CampaignSpec like = spec(DEMO.resolve("model"));
    return new CampaignSpec(
        "accuracy",
        like.subject(),
        List.of(new TaskSpec("ioi", TaskKind.IOI, 40, 3, Optional.empty(), onlySolved)),
        like.prune().withMethods(Method.FAP).withBudgets(10),
        like.limits());
  }

  private static boolean agrees(Predictions expected, int budget, Fidelity fidelity) {
    String patched = expected.patched().getOrDefault(budget, List.of()).get(0).token();
    return patched.equals(expected.clean().get(0).token()) == (fidelity.predChanged() == 0);
  }

  @Test
  void aPromptWhoseNumbersAreNotFiniteIsNamedAndTheOthersGoOn() throws IOException {
    Path broken = brokenModel();
    try (Installation one = new Installation(folder)) {
      GpuActivities worker = one.worker();
      List<PruneBatch> batches = one.open("c", spec(broken), worker);
      Installation.run(batches, worker);

      List<PromptFailure> failures = one.stores.results().failures("c");
      assertThat(failures).hasSize(1);
      assertThat(failures.get(0).index()).isEqualTo(1);
      assertThat(failures.get(0).reason()).contains("not a number");
      assertThat(one.results("c"))
          .extracting(Installation.Result::prompt)
          .contains(0, 2, 3)
          .doesNotContain(1);
      // What failed is tried again, what did not is found.
      assertThat(worker.scoreFeatures(batches.get(0)).reused()).isFalse();
      assertThat(worker.scoreFeatures(batches.get(1)).reused()).isTrue();
    }
  }

  /** The demo model with an embedding that overflows for a word of the second prompt alone. */
  private Path brokenModel() throws IOException {
    Path model = Files.createDirectories(folder.resolve("broken"));
    for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(DEMO.resolve("model").resolve(file), model.resolve(file));
    }
    try (SafeTensors good = SafeTensors.openFolder(DEMO.resolve("model"));
        Tokenizer tokenizer = Tokenizer.load(DEMO.resolve("model"))) {
      Map<String, RawTensor> tensors = new HashMap<>();
      for (String name : good.names()) {
        float[] values = good.readFloats(name);
        if (name.equals("model.embed_tokens.weight")) {
          int token = onlyInTheSecond(IoiTask.generate(tokenizer, 4, 1000), tokenizer);
          int width = (int) good.info(name).shape()[1];
          Arrays.fill(values, token * width, (token + 1) * width, Float.MAX_VALUE);
        }
        tensors.put(name, RawTensor.ofFloats(values, good.info(name).shape()));
      }
      SafeTensorsWriter.writeRaw(model.resolve("model.safetensors"), tensors, Map.of());
    }
    return model;
  }

  private static int onlyInTheSecond(List<PromptPair> pairs, Tokenizer tokenizer) {
    for (int token : tokenizer.encode(pairs.get(1).textClean())) {
      boolean elsewhere = false;
      for (int i = 0; i < pairs.size(); i++) {
        elsewhere |= has(tokenizer.encode(pairs.get(i).textCorr()), token);
        elsewhere |= i != 1 && has(tokenizer.encode(pairs.get(i).textClean()), token);
      }
      if (!elsewhere) {
        return token;
      }
    }
    throw new AssertionError("no word of the second prompt is its own");
  }

  private static boolean has(int[] tokens, int token) {
    return Arrays.stream(tokens).anyMatch(t -> t == token);
  }

  private static double kl(List<Installation.Result> rows, String method, int budget) {
    return rows.stream()
        .filter(r -> r.method().equals(method) && r.budget() == budget)
        .mapToDouble(r -> r.fidelity().klLast())
        .average()
        .orElseThrow();
  }

  private static <T> List<T> read(Installation one, String stage, Class<T> type) {
    return new JsonLines<>(one.artifacts, type)
        .read(one.stores.units().units("c", stage).get(0).result().orElseThrow());
  }
}
