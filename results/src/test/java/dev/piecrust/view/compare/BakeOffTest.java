package dev.piecrust.view.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of trained transcoders beside one another. */
final class BakeOffTest {
  @TempDir private Path folder;

  /** As a training writes it, with what nobody reads here left out. */
  static String training(String model, double unexplained, double active) {
    return """
        {"model": "%s", "features": 64, "evaluation": {"windows": 12, "tokens": 500,
         "layers": [{"unexplained": %s, "active": %s, "dead": 0.0},
                    {"unexplained": %s, "active": %s, "dead": 0.5}],
         "replacement": {"windows": 8, "loss": 1.0, "replaced": 2.0, "without": 5.0, "kl": 0.75}}}
        """
        .formatted(model, unexplained, active, unexplained, active);
  }

  @Test
  void hasWhatTrainingsSaid() throws IOException {
    Path one = trained("one", "demo", 0.25);
    Path other = trained("other", "demo", 0.125);
    List<BakeOffLine> lines = BakeOff.ofFolders(List.of(one, other));
    assertThat(lines).hasSize(5).allMatch(l -> l.aspect() == BakeOffLine.Aspect.FIDELITY);
    assertThat(mean(lines, "unexplained share of the variance, held-out text", one))
        .isEqualTo(0.25);
    assertThat(mean(lines, "unexplained share of the variance, held-out text", other))
        .isEqualTo(0.125);
    assertThat(mean(lines, "active features a token and layer", one)).isEqualTo(7);
    assertThat(mean(lines, "share of features that never act", one)).isEqualTo(0.25);
    // (5 − 2) of the 5 − 1 that the MLPs are good for.
    assertThat(mean(lines, "share of the MLPs' use that is kept, all replaced", one))
        .isEqualTo(0.75);
    assertThat(mean(lines, "KL with all MLPs replaced, nats a token", other)).isEqualTo(0.75);
  }

  @Test
  void namesOfCampaignsThatFoldersHaveTooAreNotTakenForThese() throws IOException {
    Path exported = Files.createDirectory(folder.resolve("first"));
    Path other = Files.createDirectory(folder.resolve("second"));
    assertThat(BakeOff.areFolders(List.of(exported, other))).isFalse();
    Path one = trained("one", "demo", 0.25);
    assertThat(BakeOff.areFolders(List.of(one))).isFalse();
    assertThat(BakeOff.areFolders(List.of(one, folder.resolve("missing")))).isFalse();
    assertThat(BakeOff.areFolders(List.of(one, exported))).isTrue();
  }

  @Test
  void keepsTheOrderThatWasAskedFor() throws IOException {
    List<Path> asked =
        List.of(trained("z", "demo", 1), trained("a", "demo", 1), trained("m", "demo", 1));
    assertThat(BakeOff.ofFolders(asked).get(0).values().keySet())
        .containsExactlyElementsOf(asked.stream().map(Path::toString).toList());
  }

  @Test
  void refusesFoldersOfTwoModelsAndThoseThatNobodyTrained() throws IOException {
    Path one = trained("one", "demo", 0.25);
    Path foreign = trained("foreign", "gemma", 0.25);
    assertThatThrownBy(() -> BakeOff.ofFolders(List.of(one, foreign)))
        .hasMessage("these transcoders are of the models demo, gemma, expected one model");
    assertThatThrownBy(() -> BakeOff.ofFolders(List.of(one, folder)))
        .hasMessage("%s has no training.json, expected a folder that 'train' filled", folder);
  }

  private static double mean(List<BakeOffLine> lines, String measure, Path of) {
    return lines.stream()
        .filter(line -> line.measure().equals(measure))
        .findFirst()
        .map(BakeOffLine::values)
        .map(values -> values.get(of.toString()))
        .orElseThrow()
        .mean()
        .orElseThrow();
  }

  private Path trained(String name, String model, double unexplained) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    Files.writeString(made.resolve("training.json"), training(model, unexplained, 7));
    return made;
  }
}
