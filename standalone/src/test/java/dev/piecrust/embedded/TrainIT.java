package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} of the packaged program, and what it is given that cannot be trained. */
class TrainIT {
  private static final Pattern ID = Pattern.compile("own-[0-9a-f]{8}");
  private static final int NO_RESOURCES = 1;
  private static final int PROBLEM = 2;
  private static final int ENDED_INCOMPLETE = 3;

  @TempDir Path folder;

  @Test
  void refusesInOneSentenceAndMakesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThat(refusal(PROBLEM, "out", "batch: 256", "batch: 20000"))
        .matches("train\\.corpus: has [\\d,]+ tokens to train on, expected at least the 20,000 .*");
    assertThat(refusal(NO_RESOURCES, "out", "features: 64", "features: 1000000"))
        .startsWith("training 1,000,000 features in each of 4 layers needs about ");
    assertThat(refusal(PROBLEM, "file/out", "", ""))
        .isEqualTo(
            "%s/out cannot be made (%s is a file), expected a folder that may be written to",
            file, file);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** The line that begins with the program's name. */
  private String refusal(int status, String out, String usual, String bad) throws Exception {
    Program.Running run = train(spec(usual, bad), out);
    assertThat(run.exitStatus()).as(run.printed()).isEqualTo(status);
    List<String> lines = run.printed().lines().filter(l -> l.startsWith("piecrust: ")).toList();
    assertThat(lines).as(run.printed()).hasSize(1);
    assertThat(run.printed()).doesNotContain("\tat ");
    return lines.get(0).substring("piecrust: ".length());
  }

  @Test
  void oneThatDivergesPausesAndAnotherRateBeginsAgain() throws Exception {
    Path wild = spec("learning_rate: 0.002", "learning_rate: 0.9");
    Program.Running run = train(wild, "out");
    assertThat(run.exitStatus()).as(run.printed()).isEqualTo(ENDED_INCOMPLETE);
    assertThat(run.printed())
        .containsPattern("piecrust: campaign own-\\S+ is paused: the training diverges at step ")
        .contains(
            "a lower train.learning_rate helps, with --fresh in the same folder; './piecrust cancel"
                + " ");
    String id = ID.matcher(run.printed()).results().findFirst().orElseThrow().group();
    new Program(folder.resolve("home")).run("cancel", id);

    Path calm = spec("", "");
    assertThat(train(calm, "out").exitStatus()).as("a checkpoint is there").isEqualTo(PROBLEM);
    Program.Running fresh = train(calm, "out", "--fresh");
    assertThat(fresh.exitStatus()).as(fresh.printed()).isZero();
    assertThat(fresh.printed()).contains("Trained " + folder.resolve("out"));
    assertThat(folder.resolve("out/.training")).doesNotExist();

    Path weights = folder.resolve("out/W_dec_0.safetensors");
    byte[] made = Files.readAllBytes(weights);
    Files.writeString(weights, "damaged");
    assertThat(train(calm, "out").exitStatus()).isZero();
    assertThat(weights).as("it is done").hasContent("damaged");
    assertThat(train(calm, "out", "--fresh").exitStatus()).isZero();
    assertThat(weights).hasBinaryContent(made);
  }

  private Program.Running train(Path spec, String out, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("train", spec.toString()));
    all.addAll(List.of("--out", folder.resolve(out).toString()));
    all.addAll(List.of(more));
    return new Program(folder.resolve("home")).start(all.toArray(String[]::new));
  }

  private Path spec(String usual, String other) throws IOException {
    return TrainingSpec.write(folder, usual, other);
  }
}
