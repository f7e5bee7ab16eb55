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

  private static final String EXPLAINING =
      """
      interpret:
        features: {method: fap, budget: 10, at_most: %d}
        corpus: {path: %s, %s}
      """;

  private SmallSpec() {}

  /** Writes it into a folder, with these methods and ten prompts. */
  public static Path write(Path folder, String methods) throws IOException {
    return write(folder, methods, 10);
  }

  /**
   * Writes it with features to explain, from the demo's corpus.
   *
   * @param atMost how many features
   * @param corpus how much of it, such as {@code windows: 200, tokens: 48}
   * @param rest what else stands under {@code interpret}, and what comes after it
   */
  public static Path explaining(
      Path folder, String methods, int prompts, int atMost, String corpus, String rest)
      throws IOException {
    Path small = write(folder, methods, prompts);
    String interpret =
        EXPLAINING.formatted(atMost, Program.ROOT.resolve("demo/corpus.jsonl.gz"), corpus);
    return Files.writeString(small, Files.readString(small) + interpret + rest);
  }

  /** With so many prompts. */
  public static Path write(Path folder, String methods, int prompts) throws IOException {
    Path demo = Program.ROOT.resolve("demo");
    return Files.writeString(folder.resolve("small.yaml"), TEXT.formatted(demo, methods, prompts));
  }
}
