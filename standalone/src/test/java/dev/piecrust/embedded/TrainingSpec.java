package dev.piecrust.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The spec of a training of the demo's model that takes seconds, named {@code own}. */
public final class TrainingSpec {
  private static final String TEXT =
      """
      name: own
      subject: {model: %1$s/model, transcoder: own}
      train:
        corpus: %1$s/corpus.jsonl.gz
        features: 64
        l0: 8
        steps: 30
        batch: 256
        context: 48
        windows: 200
        learning_rate: 0.002
        checkpoint: 1
      """
          .formatted(Program.ROOT.resolve("demo"));

  private TrainingSpec() {}

  /** Writes it into a folder, with other words in place of usual ones. */
  public static Path write(Path folder, String usual, String other) throws IOException {
    return Files.writeString(folder.resolve("own.yaml"), TEXT.replace(usual, other));
  }

  /** Across layers, with a task that is pruned afterwards. */
  public static Path withTask(Path folder) throws IOException {
    return write(
        folder,
        "  checkpoint: 1\n",
        """
          checkpoint: 1
          kind: cross_layer
        tasks: [{kind: ioi, prompts: 4}]
        prune: {methods: [fap, random], budgets: [20]}
        """);
  }
}
