package dev.piecrust.ui;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.input.HomeFolder;
import dev.piecrust.spec.SpecDocument;
import dev.piecrust.spec.SpecEditor;
import dev.piecrust.store.Stores;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a new campaign begins with: another one, or the model that ships with the program and its
 * transcoder, which is there or is trained.
 */
@Singleton
public class NewCampaign {
  private static final String FIRST =
      """
      name: my-first
      subject:
        model: %1$s/model
        transcoder: %1$s/clt
      tasks:
      - {kind: ioi, prompts: 20, seed: 0}
      prune:
        methods: [fap, fap-synergy, clt-relp, activation-magnitude, random]
        budgets: [50, 100, 200, 400]
      interpret:
        features: {method: fap-synergy, budget: 50, at_most: 20}
        corpus: {path: %1$s/corpus.jsonl.gz, windows: 2000, tokens: 48}
        llm: {provider: lexical}
      evaluate: {preset: pie}
      """;
  private static final String EMPTY =
      """
      name: my-campaign
      subject:
        model: /path/to/a/model
        transcoder: /path/to/its/transcoder
      tasks:
      - {kind: ioi, prompts: 100, seed: 0}
      prune:
        methods: [fap, fap-synergy, activation-magnitude, random]
        budgets: [50, 100, 200, 400, 800]
      """;

  /** As examples/train-quick.yaml, which takes two minutes on a laptop. */
  private static final String TRAINING =
      """
      name: my-training
      subject:
        model: %1$s/model
        transcoder: %2$s
      train:
        corpus: %3$s
        kind: cross_layer
        activation: batchtopk
        features: 512
        l0: 15
        steps: 600
        batch: 768
        context: 48
        checkpoint: 50
      """;

  private static final String EMPTY_TRAINING =
      """
      name: my-training
      subject:
        model: /path/to/a/model
        transcoder: %1$s
      train:
        corpus: %2$s
        kind: cross_layer
        activation: batchtopk
        l0: 16
        steps: 10000
        patience: 10
      """;
  private static final String TRANSCODER = "my-transcoder";

  private final Stores stores;
  private final Optional<String> root;

  public NewCampaign(Stores stores, @ConfigProperty(name = "piecrust.root") Optional<String> root) {
    this.stores = stores;
    this.root = root;
  }

  /** The spec of the program's own model, where that is there. */
  String first() {
    return demo().map(demo -> FIRST.formatted(demo)).orElse(EMPTY);
  }

  /** The spec of a training. */
  String training() {
    return demo()
        .map(demo -> TRAINING.formatted(demo, transcoder(), corpus()))
        .orElseGet(() -> EMPTY_TRAINING.formatted(transcoder(), corpus()));
  }

  /** Texts that a training may begin with. */
  String corpus() {
    return demo()
        .map(demo -> demo.resolve("corpus.jsonl.gz").toString())
        .orElse("/path/to/texts.jsonl.gz");
  }

  /** A folder that a training may begin with, in the home where the program has its own model. */
  String transcoder() {
    return demo()
        .map(demo -> HomeFolder.ofThisProcess().resolve("transcoders").resolve(TRANSCODER))
        .map(folder -> folder.toAbsolutePath().normalize().toString())
        .orElse("/path/to/" + TRANSCODER);
  }

  private Optional<Path> demo() {
    return root.map(folder -> Path.of(folder, "demo").toAbsolutePath().normalize())
        .filter(demo -> Files.isDirectory(demo.resolve("model")));
  }

  /** The spec of a campaign under another name, so that it is another campaign. */
  String like(String id) {
    CampaignSpec spec = stores.campaigns().spec(id);
    SpecEditor editor = SpecEditor.of(SpecDocument.write(spec));
    editor.set("name", spec.name() + "-2");
    return editor.write();
  }
}
