package dev.piecrust.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A campaign on the demo model that takes seconds and goes through every stage. */
public final class SmallSpec {
  private static final String TEXT =
      """
      name: small
      subject: {model: %1$s/model, transcoder: %1$s/clt}
      tasks: [{kind: ioi, prompts: %3$d, seed: 1000}]
      prune:
        methods: [%2$s]
        budgets: [10, 20]
        random: {seeds: 2}
        swap: {rounds: 1, pool: 16}
        factp: {pool: 32}
        iterative: {rounds: 2}
        held_out: 0.2
        batch: 5
      """;

  private SmallSpec() {}

  /** Writes it into a folder, with these methods and ten prompts. */
  public static Path write(Path folder, String methods) throws IOException {
    return write(folder, methods, 10);
  }

  public static Path write(Path folder, String methods, int prompts) throws IOException {
    Path demo = Program.ROOT.resolve("demo");
    return Files.writeString(folder.resolve("small.yaml"), TEXT.formatted(demo, methods, prompts));
  }
}
