package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.examples.PublishedModel;
import dev.piecrust.examples.PublishedTranscoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What this machine has no room for is refused in the same words by {@code estimate}, {@code
 * doctor} and {@code run}, before anything of it is loaded or downloaded.
 */
class EarlyRefusalIT {
  private static final int NO_RESOURCES = 1;
  private static final int PROBLEM = 2;
  private static final String ESTIMATE = "It cannot run here: ";

  /** What others take and give back between two commands. */
  private static final Pattern FREE = Pattern.compile("[0-9.]+ (GiB|GB) free");

  @TempDir Path folder;

  @Test
  void refusesACheckpointForWhichThereIsNoMemory() throws Exception {
    PublishedModel model =
        new PublishedModel(
            "lab/vast", PublishedModel.Family.LLAMA, 128, 20_480, 160, 8, 128, 81_920, 128_256);
    model.write(folder.resolve("vast/model"));
    new PublishedTranscoder("lab/vast-clt", true, model, 4096).write(folder.resolve("vast/clt"));
    assertThat(Files.size(folder.resolve("vast/model/model.safetensors"))).isGreaterThan(1L << 40);

    Program program = new Program(folder.resolve("home"));
    String refusal = refusal(program, spec(folder.resolve("vast").toString()), "room");
    assertThat(refusal)
        .matches(
            "one prompt of 16 tokens needs \\d{4}\\.\\d\\d GiB of memory \\(model .*\\),"
                + " and cpu has FREE(; with PIECRUST_WEIGHTS=disk .* are enough)?");
    assertThat(program.log()).doesNotContain("loaded");
  }

  @Test
  void refusesADownloadForWhichThereIsNoDisk() throws Exception {
    try (FolderHub hub = new FolderHub(Program.ROOT.resolve("demo"))) {
      hub.claim("W_dec_0.safetensors", 1_000_000_000_000_000L);
      Path cache = folder.resolve("hub");
      Program program =
          new Program(folder.resolve("home"))
              .with("HF_ENDPOINT", hub.endpoint())
              .with("HF_TOKEN", "")
              .with("HF_HUB_CACHE", cache.toString());
      String refusal = refusal(program, spec("hf://demo"), "download");
      assertThat(refusal)
          .isEqualTo(
              "small: 1000000.0 GB are to be downloaded, and %s has FREE; make room there, or let"
                      .formatted(cache)
                  + " HF_HUB_CACHE name a larger disk");
      assertThat(hub.asked())
          .contains("config.json", "W_enc_0.safetensors")
          .doesNotContain("W_dec_0.safetensors");
      try (Stream<Path> files = Files.walk(cache)) {
        assertThat(files).noneMatch(file -> file.toString().endsWith(".safetensors"));
      }
    }
  }

  /** What all three commands say, with FREE for what is free; the run leaves no campaign. */
  private static String refusal(Program program, Path spec, String finding) throws Exception {
    String estimate = after(ESTIMATE, program.run("estimate", spec.toString()));
    String doctor =
        after("PROBLEM  %-12s ".formatted(finding), failing(program, PROBLEM, "doctor", spec));
    long artifacts = program.artifacts(); // the doctor tries whether one can be kept
    String run = after("piecrust: ", failing(program, NO_RESOURCES, "run", spec));
    assertThat(doctor).isEqualTo(estimate);
    assertThat(run).isEqualTo(estimate + "; more in LOG");
    assertThat(program.run("status", "--json").strip()).isEqualTo("[]");
    assertThat(program.artifacts()).isEqualTo(artifacts);
    return estimate;
  }

  private static String failing(Program program, int status, String command, Path spec)
      throws IOException, InterruptedException {
    Program.Running running = program.start(command, spec.toString());
    assertThat(running.exitStatus()).as(running.printed()).isEqualTo(status);
    return running.printed();
  }

  /** The rest of the one line that begins so. */
  private static String after(String start, String printed) {
    assertThat(printed.lines().filter(line -> line.startsWith(start))).as(printed).hasSize(1);
    String line = printed.lines().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
    Matcher free = FREE.matcher(line.substring(start.length()));
    return free.replaceAll("FREE").replaceAll("more in .*", "more in LOG");
  }

  /** The small campaign on another subject. */
  private Path spec(String subject) throws IOException {
    Path spec = SmallSpec.write(folder, "fap, random");
    String demo = Program.ROOT.resolve("demo").toString();
    return Files.writeString(spec, Files.readString(spec).replace(demo, subject));
  }
}
