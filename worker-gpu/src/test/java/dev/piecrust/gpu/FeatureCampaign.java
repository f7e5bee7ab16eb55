package dev.piecrust.gpu;

import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.store.campaign.UnitRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A campaign on the demo model whose features are chosen already. */
final class FeatureCampaign {
  static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();
  static final String ID = "c";

  private FeatureCampaign() {}

  static CorpusSpec corpus(int windows) {
    String path = DEMO.resolve("corpus.jsonl.gz").toString();
    return new CorpusSpec(Optional.of(path), Optional.empty(), windows, 64);
  }

  static CorpusSpec published(Path folder) {
    return new CorpusSpec(Optional.empty(), Optional.of(folder.toString()), 1, 64);
  }

  static CampaignSpec spec(CorpusSpec corpus, EvaluateSpec evaluate) {
    return new CampaignSpec(
        "features",
        new SubjectSpec(DEMO.resolve("model").toString(), DEMO.resolve("clt").toString()),
        List.of(new TaskSpec("ioi", TaskKind.IOI, 4, 1000, Optional.empty())),
        PruneSpec.defaults(),
        Optional.of(
            new InterpretSpec(
                new FeatureRule(Method.FAP, 50, 1, 200),
                corpus,
                EvidenceSpec.defaults(),
                LlmSpec.lexical(),
                Optional.empty())),
        Optional.of(evaluate),
        LimitsSpec.defaults());
  }

  /** Records a campaign and its features. */
  static void open(Installation installation, CampaignSpec spec, List<FeatureId> features) {
    installation.stores.campaigns().create(ID, spec);
    installation
        .stores
        .features()
        .select(
            ID,
            IntStream.range(0, features.size())
                .mapToObj(i -> new SelectedFeature(i, features.get(i), 1, 1, List.of("ioi")))
                .toList());
  }

  /** Every so many-th feature of every layer of the demo's transcoder. */
  static List<FeatureId> every(int step) {
    return IntStream.range(0, 4 * 768)
        .filter(i -> i % step == 0)
        .mapToObj(i -> new FeatureId(i / 768, i % 768))
        .toList();
  }

  /** The units of a stage. */
  static List<UnitRow> units(Installation installation, String stage) {
    return installation.stores.units().units(ID, stage).stream()
        .filter(row -> row.stage().equals(stage))
        .toList();
  }

  static <T> List<T> read(Installation installation, UnitRow row, Class<T> type) {
    return new JsonLines<>(installation.artifacts, type).read(row.result().orElseThrow());
  }
}
