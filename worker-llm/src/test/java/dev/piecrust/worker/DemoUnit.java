package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.campaign.FadePreset;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Stratum;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A campaign with one feature, which is active at " Mary". */
final class DemoUnit implements AutoCloseable {
  static final FeatureUnit UNIT = new FeatureUnit("demo", new FeatureId(2, 17));
  private static final List<String> NAMES = List.of(" Mary", " John", " Tom", " Lucy");

  final Stores stores;
  final ArtifactStore artifacts;
  private final Database database;

  DemoUnit(Path folder, EvaluateSpec evaluate) {
    this(folder, evaluate, LlmSpec.lexical(), LimitsSpec.defaults());
  }

  DemoUnit(Path folder, EvaluateSpec evaluate, LlmSpec llm, LimitsSpec limits) {
    database = Stores.database(DatabaseConfig.h2(folder.resolve("db")));
    stores = Stores.of(database);
    artifacts = new FolderArtifacts(folder.resolve("artifacts"));
    stores.campaigns().create("demo", spec(evaluate, llm, limits));
  }

  /** The preset, with steering. */
  static EvaluateSpec steering() {
    EvaluateSpec pie = EvaluateSpec.of(FadePreset.PIE);
    return new EvaluateSpec(
        FadePreset.PIE, 2, 5, 20, 15, 0.1, true, pie.factors(), 2, 8, pie.giniThreshold(), 3);
  }

  private static CampaignSpec spec(EvaluateSpec evaluate, LlmSpec llm, LimitsSpec limits) {
    InterpretSpec interpret =
        new InterpretSpec(
            new FeatureRule(Method.FAP, 50, 1, 10),
            new CorpusSpec(Optional.of("corpus.jsonl"), Optional.empty(), 100, 48),
            EvidenceSpec.defaults(),
            llm,
            Optional.empty());
    return new CampaignSpec(
        "demo",
        new SubjectSpec("/models/tiny", "/models/tiny-clt"),
        List.of(new TaskSpec("ioi", TaskKind.IOI, 20, 7, Optional.empty())),
        PruneSpec.defaults(),
        Optional.of(interpret),
        Optional.of(evaluate),
        limits);
  }

  /** 100 windows of which every fourth has " Mary". */
  static Evidence evidence() {
    List<Example> examples = new ArrayList<>();
    List<Float> active = new ArrayList<>();
    for (int window = 0; window < 25; window++) {
      float activation = 5 - window * 0.1f;
      active.add(activation);
      Stratum stratum = window < 10 ? Stratum.TOP : window < 15 ? Stratum.HIGHEST : Stratum.HIGH;
      examples.add(example(window, stratum, 0, activation));
    }
    for (int window = 25; window < 50; window++) {
      examples.add(example(window, window % 2 == 0 ? Stratum.MIDDLE : Stratum.LOW, window, 0));
    }
    return new Evidence(UNIT.feature(), 100, active, examples);
  }

  private static Example example(int window, Stratum stratum, int name, float activation) {
    String first = name == 0 ? " Mary" : NAMES.get(1 + name % 3);
    List<String> tokens =
        List.of(
            "After", first, " left", " station", " number", " " + window, ",", " it", " rained");
    List<Float> activations = List.of(0f, activation, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
    return new Example(window, stratum, tokens, activations);
  }

  <T> void put(String stage, Class<T> type, List<T> lines) {
    stores
        .units()
        .done("demo", stage, UNIT.unit(), 1, 0, new JsonLines<>(artifacts, type).write(lines));
  }

  void putEvidence(Evidence evidence) {
    put(FeatureStages.EVIDENCE, Evidence.class, List.of(evidence));
  }

  UnitFiles files() {
    return new UnitFiles(UNIT, stores.units(), artifacts);
  }

  @Override
  public void close() {
    database.close();
  }
}
