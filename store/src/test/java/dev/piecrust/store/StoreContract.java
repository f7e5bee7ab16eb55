package dev.piecrust.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PromptFailure;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.store.campaign.UnitAttempts;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.store.campaign.UnitStore;
import dev.piecrust.store.database.TestEngine;
import dev.piecrust.store.features.FeatureStore;
import dev.piecrust.store.result.CircuitResults;
import dev.piecrust.store.result.PromptResults;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stores promise, whichever engine holds the rows. */
abstract class StoreContract extends DatabaseContract {
  private static final CampaignSpec SPEC =
      new CampaignSpec(
          "demo",
          new SubjectSpec("/models/tiny", "/models/tiny-clt"),
          List.of(new TaskSpec("ioi", TaskKind.IOI, 20, 7, Optional.empty())),
          PruneSpec.defaults(),
          LimitsSpec.defaults());
  private static final ArtifactRef FIRST = new ArtifactRef("a".repeat(64), 10);
  private static final ArtifactRef SECOND = new ArtifactRef("b".repeat(64), 20);

  private CampaignStore campaigns;
  private UnitStore units;
  private Checkpoints checkpoints;
  private PromptResults results;
  private CircuitResults circuits;

  StoreContract(TestEngine engine) {
    super(engine);
  }

  @BeforeEach
  void startEmpty() {
    campaigns = new CampaignStore(database());
    units = Stores.of(database()).units();
    checkpoints = new Checkpoints(database());
    results = new PromptResults(database());
    circuits = new CircuitResults(database());
    campaigns.list().forEach(status -> campaigns.delete(status.id()));
  }

  @Test
  void takesOverRatesAndLeavesTheCap() {
    campaigns.create("c", SPEC.within(new LimitsSpec(usd("5"), some(500), some(9_000), 0.1)));
    campaigns.rates("c", new LimitsSpec(usd("9"), some(50), Optional.empty(), 0.3));
    LimitsSpec slower = new LimitsSpec(usd("5"), some(50), Optional.empty(), 0.1);
    assertThat(campaigns.spec("c")).isEqualTo(SPEC.within(slower));
    campaigns.rates("c", slower);
    assertThat(campaigns.events("c"))
        .extracting(CampaignEvent::message)
        .filteredOn(message -> message.contains("a minute"))
        .containsExactly(
            "from now on at most 50 requests and the provider's own limit of tokens a minute");
    campaigns.rates("c", new LimitsSpec(usd("5"), some(50), Optional.empty(), 0.1, some(2)));
    assertThat(campaigns.spec("c").limits().devices()).isEqualTo(some(2));
    assertThat(campaigns.events("c"))
        .extracting(CampaignEvent::message)
        .anyMatch(message -> message.endsWith("tokens a minute, on at most 2 devices"));
  }

  private static Optional<BigDecimal> usd(String amount) {
    return Optional.of(new BigDecimal(amount));
  }

  private static Optional<Integer> some(int limit) {
    return Optional.of(limit);
  }

  @Test
  void keepsSelectedFeaturesInTheirOrder() {
    campaigns.create("c", SPEC);
    FeatureStore features = new FeatureStore(database());
    SelectedFeature first = selected(0, new FeatureId(3, 7), List.of("ioi", "own"));
    SelectedFeature second = selected(1, new FeatureId(0, 9), List.of("ioi"));
    features.select("c", List.of(selected(0, new FeatureId(5, 5), List.of("ioi"))));
    features.select("c", List.of(second, first));
    assertThat(features.selected("c")).containsExactly(first, second);
    assertThat(features.selected("c", 1, 5)).containsExactly(second);
    assertThat(features.selected("c", 2, 5)).isEmpty();
    campaigns.delete("c");
    assertThat(features.selected("c")).isEmpty();
  }

  @Test
  void keepsTheLastExplanationOfAFeatureOrTheReasonForNone() {
    campaigns.create("c", SPEC);
    FeatureStore features = new FeatureStore(database());
    FeatureId feature = new FeatureId(3, 7);
    assertThat(features.explanation("c", feature)).isEmpty();
    Explanation none =
        new Explanation(feature, "openai", "m", false, Optional.empty(), "never active");
    Explanation some =
        new Explanation(feature, "lexical", "lexical", true, Optional.of("names"), "");
    features.explain("c", none);
    assertThat(features.explanation("c", feature)).contains(none);
    features.explain("c", some);
    assertThat(features.explanations("c")).containsExactly(some);
  }

  @Test
  void keepsAScoreOrAReasonForEachMetric() {
    campaigns.create("c", SPEC);
    FeatureStore features = new FeatureStore(database());
    FadeScore missing = new FadeScore.Unscored(FadeScore.Kind.ONE_CLASS, "never rated 2");
    FadeScore scored = new FadeScore.Scored(0.25, 20);
    FadeResult one = fade(new FeatureId(3, 7), scored, missing);
    FadeResult two = fade(new FeatureId(3, 6), missing, missing);
    features.evaluate("c", fade(new FeatureId(3, 7), missing, scored));
    features.evaluate("c", one);
    features.evaluate("c", two);
    assertThat(features.evaluations("c")).containsExactly(two, one);
  }

  private static FadeResult fade(FeatureId feature, FadeScore clarity, FadeScore others) {
    return new FadeResult(
        feature,
        Map.of(
            FadeMetric.CLARITY, clarity,
            FadeMetric.RESPONSIVENESS, others,
            FadeMetric.PURITY, others,
            FadeMetric.FAITHFULNESS, others));
  }

  private static SelectedFeature selected(int ordinal, FeatureId feature, List<String> tasks) {
    return new SelectedFeature(ordinal, feature, 4, 0.5, tasks);
  }

  @Test
  void keepsTheFirstOfTwoCampaignsOfOneId() {
    assertThat(campaigns.create("demo-1", SPEC)).isTrue();
    assertThat(campaigns.create("demo-1", SPEC)).isFalse();
    assertThat(campaigns.spec("demo-1")).isEqualTo(SPEC);
    CampaignStatus status = campaigns.status("demo-1");
    assertThat(status.state()).isEqualTo(CampaignState.QUEUED);
    assertThat(status.stages()).isEmpty();
    assertThat(status.finishedAt()).isEmpty();
  }

  @Test
  void namesAnUnknownCampaign() {
    assertThat(campaigns.find("nobody")).isEmpty();
    assertThatThrownBy(() -> campaigns.status("nobody"))
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining("no campaign 'nobody'");
    assertThatThrownBy(() -> campaigns.event("nobody", "state", "x", "y"))
        .hasMessageContaining("no campaign 'nobody'");
  }

  @Test
  void remembersWhatACampaignRanOn() {
    campaigns.create("c", SPEC);
    assertThat(campaigns.fingerprint("c")).isEmpty();
    campaigns.fingerprint("c", "d".repeat(64));
    assertThat(campaigns.fingerprint("c")).contains("d".repeat(64));
  }

  @Test
  void listsOpenCampaignsOnly() {
    campaigns.create("one", SPEC);
    campaigns.create("two", SPEC);
    campaigns.enter("one", CampaignState.FINISHED, "");
    assertThat(campaigns.openIds()).containsExactly("two");
    assertThat(campaigns.list()).extracting(CampaignStatus::id).containsExactly("two", "one");
    assertThat(campaigns.status("one").finishedAt()).isPresent();
    campaigns.enter("one", CampaignState.RUNNING, "again");
    assertThat(campaigns.status("one").finishedAt()).isEmpty();
    assertThat(campaigns.openIds()).containsExactly("one", "two");
  }

  @Test
  void recordsAChangeOfStateOnceAsAnEvent() {
    campaigns.create("c", SPEC);
    campaigns.enter("c", CampaignState.RUNNING, "");
    campaigns.enter("c", CampaignState.RUNNING, "");
    campaigns.event("c", "cancel", "asked to stop", "ada");
    campaigns.enter("c", CampaignState.CANCELLED, "cancelled by ada");
    assertThat(campaigns.events("c"))
        .extracting(CampaignEvent::kind, CampaignEvent::message, CampaignEvent::who)
        .containsExactly(
            tuple("state", "running", "piecrust"),
            tuple("cancel", "asked to stop", "ada"),
            tuple("state", "cancelled by ada", "piecrust"));
  }

  @Test
  void addsUpTheUnitsOfAStage() {
    campaigns.create("c", SPEC);
    campaigns.openStage("c", "score ioi", 10);
    campaigns.openStage("c", "score ioi", 20);
    campaigns.openStage("c", "fidelity ioi", 20);
    units.done("c", "score ioi", "ioi/000000-000010", 9, 1, FIRST);
    units.done("c", "score ioi", "ioi/000000-000010", 9, 1, FIRST);
    units.park(new UnitFailure("c", "score ioi", "ioi/000010-000020", 10, "out of memory"));
    List<StageProgress> stages = campaigns.status("c").stages();
    assertThat(stages)
        .extracting(
            StageProgress::stage, StageProgress::total, StageProgress::done, StageProgress::failed)
        .containsExactly(tuple("score ioi", 20, 9, 11), tuple("fidelity ioi", 20, 0, 0));
    assertThat(stages.get(0).updatedAt()).isPresent();
    assertThat(stages.get(1).updatedAt()).isEmpty();
  }

  @Test
  void keepsAResultWhereAWorkerComesLateWithAWorseOne() {
    campaigns.create("c", SPEC);
    units.done("c", "score ioi", "u", 9, 1, FIRST);
    UnitRow standing = units.done("c", "score ioi", "u", 7, 3, SECOND);
    assertThat(standing.result()).contains(FIRST);
    assertThat(standing.failed()).isEqualTo(1);
    assertThat(units.result("c", "score ioi", "u")).contains(FIRST);
    assertThat(units.done("c", "score ioi", "u", 10, 0, SECOND).result()).contains(SECOND);
    units.done("c", "score ioi", "u", 9, 1, FIRST);
    assertThat(units.result("c", "score ioi", "u")).contains(SECOND);
  }

  @Test
  void keepsTheFirstOfTwoCheckpointsOfTheSameWork() {
    String key = Checkpoints.key("work", UUID.randomUUID());
    assertThat(checkpoints.put(key, FIRST)).isEqualTo(FIRST);
    assertThat(checkpoints.put(key, SECOND)).isEqualTo(FIRST);
    assertThat(checkpoints.find(key)).contains(FIRST);
  }

  @Test
  void aCheckpointWhoseArtifactIsDamagedIsDropped(@TempDir Path folder) throws IOException {
    FolderArtifacts artifacts = new FolderArtifacts(folder);
    String key = Checkpoints.key("work", UUID.randomUUID());
    ArtifactRef ref = artifacts.put(new byte[] {1, 2, 3});
    checkpoints.put(key, ref);
    assertThat(checkpoints.find(key, artifacts)).contains(ref);
    assertThat(checkpoints.artifacts()).containsEntry(ref.sha256(), ref);

    String name = ref.sha256();
    Path file = folder.resolve(name.substring(0, 2)).resolve(name.substring(2, 4)).resolve(name);
    Files.write(file, new byte[] {1, 2, 4});
    campaigns.create("hurt", SPEC);
    assertThat(checkpoints.find(key, artifacts, "hurt", "score ioi/0")).isEmpty();
    assertThat(checkpoints.find(key)).isEmpty();
    assertThat(checkpoints.find(key, artifacts, "hurt", "score ioi/0")).isEmpty();
    assertThat(campaigns.events("hurt"))
        .filteredOn(event -> event.kind().equals("damaged"))
        .extracting(CampaignEvent::message)
        .containsExactly(
            "artifact %s is missing or damaged: score ioi/0 is computed again"
                .formatted(name.substring(0, 12)));
    assertThat(checkpoints.put(key, SECOND)).isEqualTo(SECOND);
  }

  @Test
  void prefersADoneUnitToAParkedOne() {
    campaigns.create("c", SPEC);
    UnitFailure lost = new UnitFailure("c", "score ioi", "u", 10, "lost");
    assertThat(units.park(lost)).isTrue();
    assertThat(units.park(lost)).isFalse();
    assertThat(units.units("c", "score").get(0).reason()).contains("lost");
    units.done("c", "score ioi", "u", 10, 0, FIRST);
    assertThat(units.park(new UnitFailure("c", "score ioi", "u", 10, "late"))).isFalse();
    units.done("c", "fidelity ioi", "u", 10, 0, SECOND);
    assertThat(units.units("c", "score")).hasSize(1);
    UnitRow unit = units.units("c", "score ").get(0);
    assertThat(unit.state()).isEqualTo(UnitRow.State.DONE);
    assertThat(unit.result()).contains(FIRST);
    assertThat(unit.reason()).isEmpty();
    assertThat(unit.failed()).isZero();
  }

  /** A death leaves what has begun; what ends, well or not, leaves nothing. */
  @Test
  void givesUpAUnitAtWhichThreeProcessesInARowDied() {
    campaigns.create("c", SPEC);
    UnitAttempts attempts = new UnitAttempts(database());
    Supplier<String> done = () -> "done";
    dieAt("ioi/0", 2);
    assertThat(attempts.during("c", "score ioi", "ioi/0", done)).isEqualTo("done");
    dieAt("ioi/0", 3);
    assertThat(attempts.during("c", "score ioi", "ioi/1", done)).as("another").isEqualTo("done");
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(() -> attempts.during("c", "score ioi", "ioi/0", done))
        .withMessageContaining("ended its process 3 times in a row")
        .matches(e -> !e.category().retryable());
    assertThat(attempts.during("c", "score ioi", "ioi/0", done)).as("retried").isEqualTo("done");
    for (int failures = 0; failures < 4; failures++) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  attempts.during(
                      "c",
                      "score ioi",
                      "ioi/0",
                      () -> {
                        throw new IllegalStateException("a failure is no death");
                      }));
    }
  }

  /** What so many processes leave that died at a unit. */
  private void dieAt(String unit, int deaths) {
    database()
        .run(
            em ->
                em.createNativeQuery("insert into unit_attempt values ('c', 'score ioi', ?1, ?2)")
                    .setParameter(1, unit)
                    .setParameter(2, deaths)
                    .executeUpdate());
  }

  @Test
  void keepsTheFirstCheckpointOfAKey() {
    String key = Checkpoints.key("score", 1, database().hashCode(), System.nanoTime());
    assertThat(checkpoints.find(key)).isEmpty();
    assertThat(checkpoints.put(key, FIRST)).isEqualTo(FIRST);
    assertThat(checkpoints.put(key, SECOND)).isEqualTo(FIRST);
    assertThat(checkpoints.find(key)).contains(FIRST);
  }

  @Test
  void agreesOnOneCheckpointHoweverManyWriteAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        String key = Checkpoints.key("race", round, System.nanoTime());
        List<Callable<ArtifactRef>> writers =
            List.of(
                () -> checkpoints.put(key, FIRST),
                () -> checkpoints.put(key, SECOND),
                () -> checkpoints.put(key, FIRST),
                () -> checkpoints.put(key, SECOND));
        ArtifactRef winner = null;
        for (Future<ArtifactRef> written : threads.invokeAll(writers)) {
          winner = winner == null ? written.get() : winner;
          assertThat(written.get()).isEqualTo(winner);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void replacesResultsOfTheSamePromptAndMethod() {
    campaigns.create("c", SPEC);
    results.fail("c", "ioi", 0, "a NaN");
    results.fail("c", "ioi", 1, "out of memory");
    results.fail("c", "ioi", 1, "still out of memory");
    results.put("c", List.of(outcome(0, "fap", 0.5), outcome(2, "random", 3.0)));
    results.put("c", List.of(outcome(0, "fap", 0.25)));
    assertThat(measures("fap"))
        .containsExactly(
            List.of(50, 0, new Fidelity(0.25, 0.1, 0, 0.9, null)),
            List.of(100, 0, new Fidelity(0.125, 0.1, 0, 0.9, null)));
    assertThat(measures("random"))
        .containsExactly(
            List.of(50, 2, new Fidelity(3.0, 0.1, 0, 0.9, null)),
            List.of(100, 2, new Fidelity(1.5, 0.1, 0, 0.9, null)));
    assertThat(results.failures("c"))
        .containsExactly(new PromptFailure("ioi", 1, "still out of memory"));
  }

  @Test
  void replacesWhatCircuitsDidOnTheSamePrompts() {
    campaigns.create("c", SPEC);
    campaigns.create("other", SPEC);
    circuits.put("other", List.of(circuit(0, "fap", "mean-score", 9.0)));
    circuits.put(
        "c",
        List.of(
            circuit(1, "fap", "mean-score", 0.75),
            circuit(0, "fap", "mean-score", 0.5),
            circuit(0, "fap", "kept-count", 1.0),
            circuit(0, "circuit-swap", "swap", 0.25)));
    List<CircuitOutcome> again =
        List.of(circuit(0, "fap", "mean-score", 0.375), circuit(0, "fap", "kept-count", 1.0));
    circuits.put("c", again);
    circuits.put("c", again);
    assertThat(circuits("c"))
        .containsExactly(
            circuit(0, "fap", "kept-count", 1.0),
            circuit(0, "fap", "mean-score", 0.375),
            circuit(1, "fap", "mean-score", 0.75));
    assertThat(circuits("other")).hasSize(1);
  }

  @Test
  void forgetsACampaignWithAllThatHangsOnIt() {
    campaigns.create("c", SPEC);
    campaigns.openStage("c", "score ioi", 20);
    units.done("c", "score ioi", "u", 10, 0, FIRST);
    results.put("c", List.of(outcome(0, "fap", 0.5)));
    results.fail("c", "ioi", 1, "x");
    circuits.put("c", List.of(circuit(0, "fap", "mean-score", 0.5)));
    campaigns.delete("c");
    assertThat(campaigns.find("c")).isEmpty();
    campaigns.create("c", SPEC);
    assertThat(campaigns.status("c").stages()).isEmpty();
    assertThat(units.units("c", "")).isEmpty();
    assertThat(measures("fap")).isEmpty();
    assertThat(circuits("c")).isEmpty();
    assertThat(results.failures("c")).isEmpty();
    assertThat(campaigns.events("c")).isEmpty();
  }

  private List<List<?>> measures(String method) {
    List<List<?>> all = new ArrayList<>();
    results.forEach("c", "ioi", method, (budget, prompt, f) -> all.add(List.of(budget, prompt, f)));
    return all;
  }

  private List<CircuitOutcome> circuits(String campaign) {
    List<CircuitOutcome> all = new ArrayList<>();
    circuits.forEach(campaign, all::add);
    return all;
  }

  private static CircuitOutcome circuit(int index, String method, String ranking, double klLast) {
    Fidelity fidelity = new Fidelity(klLast, 0.1, 1, null, 0.25);
    return new CircuitOutcome("ioi", index, "held-out", method, ranking, 50, 70, fidelity);
  }

  private static PromptOutcome outcome(int index, String method, double klLast) {
    TreeMap<Integer, Fidelity> fidelity = new TreeMap<>();
    fidelity.put(50, new Fidelity(klLast, 0.1, 0, 0.9, null));
    fidelity.put(100, new Fidelity(klLast / 2, 0.1, 0, 0.9, null));
    return new PromptOutcome("ioi", index, "0".repeat(40), method, 300, fidelity, new TreeMap<>());
  }
}
