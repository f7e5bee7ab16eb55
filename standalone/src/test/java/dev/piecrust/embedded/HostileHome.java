package dev.piecrust.embedded;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureWrites;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.LlmExchange;
import dev.piecrust.feature.LlmTranscript;
import dev.piecrust.feature.Prediction;
import dev.piecrust.feature.Predictions;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.feature.Stratum;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import dev.piecrust.store.ledger.Admission;
import dev.piecrust.store.ledger.CallRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A home whose campaigns hold what would act in a page, wherever text comes from outside. */
public final class HostileHome {
  static final String HOSTILE =
      "</td></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'{shell.person}";
  static final FeatureId FEATURE = new FeatureId(1, 2);
  static final int FEATURES = 60;

  private HostileHome() {}

  /** Fills a home that nobody uses; returns the number of the call in its ledger. */
  public static long fill(Path folder) {
    Home home = new Home(folder);
    try (Database database = Stores.database(DatabaseConfig.h2(home.database()))) {
      Stores stores = Stores.of(database);
      ArtifactStore artifacts = new FolderArtifacts(home.artifacts());
      for (String id : List.of("first", "second")) {
        stores.campaigns().create(id, spec());
        stores.campaigns().openStage(id, "fidelity ioi", 1);
        prompt(stores, artifacts, id);
        features(stores, id);
        evidence(stores, artifacts, id);
        stores.campaigns().event(id, "<img src=x onerror=alert(4)>", HOSTILE, HOSTILE);
        stores.results().fail(id, "ioi", 5, HOSTILE);
        stores.campaigns().enter(id, CampaignState.FAILED, HOSTILE);
      }
      return call(stores, artifacts);
    }
  }

  private static CampaignSpec spec() {
    return new CampaignSpec(
        "hostile",
        new SubjectSpec("/models/" + HOSTILE, "/models/clt"),
        List.of(new TaskSpec("ioi", TaskKind.IOI, 1, 7, Optional.empty())),
        PruneSpec.defaults(),
        new LimitsSpec(Optional.of(BigDecimal.TEN), Optional.empty(), Optional.empty(), 0.2));
  }

  private static void prompt(Stores stores, ArtifactStore artifacts, String id) {
    Prediction hostile = new Prediction(HOSTILE, 0.5);
    TreeMap<Integer, List<Prediction>> patched = new TreeMap<>(Map.of(50, List.of(hostile)));
    PromptOutcome outcome =
        new PromptOutcome(
            "ioi",
            0,
            "0".repeat(40),
            "fap",
            9,
            new TreeMap<>(Map.of(50, new Fidelity(0.5, 0.5, 1, null, null))),
            new TreeMap<>(
                Map.of(
                    50,
                    List.of(new KeptOccurrence(1, 0, 2, 0.7), new KeptOccurrence(1, 0, 3, -0.2)))),
            Optional.of(
                new Predictions(
                    List.of(HOSTILE, " b"),
                    List.of(HOSTILE, "\n"),
                    List.of(hostile),
                    List.of(hostile),
                    patched,
                    Optional.of(true))));
    ArtifactRef ref = new JsonLines<>(artifacts, PromptOutcome.class).write(List.of(outcome));
    stores.units().done(id, "fidelity ioi", "ioi/000000-000001", 1, 0, ref);
    stores.results().put(id, List.of(outcome));
    stores.keptPrompts().put(id, "fap", 50, List.of(outcome));
  }

  private static void features(Stores stores, String id) {
    List<SelectedFeature> selected = new ArrayList<>();
    selected.add(new SelectedFeature(0, FEATURE, 99, 0.5, List.of("ioi"), Optional.of(3)));
    IntStream.range(1, FEATURES)
        .forEach(
            i ->
                selected.add(
                    new SelectedFeature(i, new FeatureId(2, i), 90 - i, 0.5, List.of("ioi"))));
    stores.features().select(id, selected);
    stores
        .features()
        .explain(
            id,
            new Explanation(FEATURE, "<script>alert(3)", HOSTILE, false, Optional.of(HOSTILE), ""));
    Map<FadeMetric, FadeScore> scores = new EnumMap<>(FadeMetric.class);
    for (FadeMetric metric : FadeMetric.values()) {
      scores.put(metric, new FadeScore.Unscored(FadeScore.Kind.UNPARSED, HOSTILE));
    }
    scores.put(FadeMetric.CLARITY, new FadeScore.Scored(0.25, 4));
    stores.features().evaluate(id, new FadeResult(FEATURE, scores));
  }

  private static void evidence(Stores stores, ArtifactStore artifacts, String id) {
    FeatureWrites.TokenLogit token = new FeatureWrites.TokenLogit(HOSTILE, 2);
    Evidence evidence =
        new Evidence(
                FEATURE,
                10,
                List.of(2f, 1f),
                List.of(
                    new Example(
                        0, Stratum.TOP, List.of(HOSTILE, "\u202Eback", " x"), List.of(2f, 0f, 1f))))
            .writing(new FeatureWrites(List.of(1.0, 2.0), List.of(token), List.of(token)));
    put(stores, artifacts, id, FeatureStages.EVIDENCE, Evidence.class, evidence);
    ActivatedText written = new ActivatedText(HOSTILE, 1);
    put(stores, artifacts, id, FeatureStages.ACTIVATE, ActivatedText.class, written);
    RatedSample rated = new RatedSample(0, Stratum.LOW, HOSTILE, 1, 2);
    put(stores, artifacts, id, FeatureStages.RATE, RatedSample.class, rated);
    RatedContinuation steered = new RatedContinuation(10, HOSTILE, HOSTILE, 1);
    put(stores, artifacts, id, FeatureStages.RATE_STEERED, RatedContinuation.class, steered);
  }

  private static <T> void put(
      Stores stores, ArtifactStore artifacts, String id, String stage, Class<T> type, T line) {
    ArtifactRef ref = new JsonLines<>(artifacts, type).write(List.of(line));
    stores.units().done(id, stage, new FeatureUnit(id, FEATURE).unit(), 1, 0, ref);
  }

  private static long call(Stores stores, ArtifactStore artifacts) {
    stores.endpoints().open("e", HOSTILE);
    CallRequest wish =
        new CallRequest(
            "first",
            FeatureStages.EXPLAIN,
            FEATURE,
            "e",
            "openai",
            HOSTILE,
            "k",
            Optional.of(BigDecimal.ONE),
            "w",
            Optional.empty(),
            Optional.empty());
    long id = ((Admission.Reserved) stores.calls().begin(wish)).call();
    stores
        .calls()
        .settle(
            id,
            HOSTILE,
            false,
            Optional.of(new TokenUsage(10, 3, 4, 5, 0)),
            Optional.of(new BigDecimal("0.25")));
    LlmExchange said =
        new LlmExchange(
            List.of(new LlmExchange.Said("user", HOSTILE)),
            HOSTILE,
            false,
            id,
            Optional.of(HOSTILE));
    put(
        stores,
        artifacts,
        "first",
        FeatureStages.transcript(FeatureStages.EXPLAIN),
        LlmTranscript.class,
        new LlmTranscript(List.of(said), Optional.empty()));
    return id;
  }
}
