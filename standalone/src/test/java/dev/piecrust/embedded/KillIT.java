package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program, stopped and started again, against an undisturbed run. */
class KillIT {
  private static final String METHODS = "fap, fap-synergy, fap-swap, random, circuit-swap";
  private static final Pattern COMPUTED = Pattern.compile("(\\S+ ioi: \\S+) of \\S+: .* computed");
  private static final Pattern FOUND = Pattern.compile("(\\S+ ioi: \\S+) of \\S+: .* found");

  @TempDir static Path undisturbed;
  @TempDir Path folder;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    Program.Running run = start(undisturbed);
    assertThat(run.exitStatus()).as(run.printed()).isZero();
  }

  /**
   * The artifacts of ten prompts, in order: the pairs; scores, keep sets and outcomes of two
   * batches; features, two swapped circuits and all circuits; outcomes of these in two batches.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 10, 12})
  void continuesAfterAKillAndEndsWithTheSameNumbers(int artifacts) throws Exception {
    killAfter(artifacts, folder);
    Program.Running again = start(folder);
    assertThat(again.exitStatus()).as(again.printed()).isZero();
    assertThat(ExportedFiles.in(folder.resolve("out")))
        .isEqualTo(ExportedFiles.in(undisturbed.resolve("out")));
    assertThat(logged(COMPUTED, folder).values())
        .as("times a finished unit was computed")
        .containsOnly(1L);
    // The kill may come when a unit is finished and the log does not say so yet: then it is found.
    Set<String> units = new HashSet<>(logged(COMPUTED, folder).keySet());
    units.addAll(logged(FOUND, folder).keySet());
    assertThat(units).isEqualTo(logged(COMPUTED, undisturbed).keySet());
  }

  @Test
  void saysThatACampaignContinuesWhereItIsStopped() throws Exception {
    Program.Running run = start(folder);
    waitFor(2, run, folder);
    run.process().destroy();
    assertThat(run.exitStatus()).as(run.printed()).isEqualTo(143);
    assertThat(run.printed())
        .containsPattern("Stopped\\. Campaign small-\\S+ continues when PieCrust starts again\\.");
    assertThat(folder.resolve("home/server.json")).doesNotExist();
  }

  private static Program.Running start(Path folder) throws IOException {
    return new Program(folder.resolve("home"))
        .start(
            "run",
            SmallSpec.write(folder, METHODS).toString(),
            "--out",
            folder.resolve("out").toString());
  }

  private static void killAfter(int artifacts, Path folder) throws Exception {
    Program.Running run = start(folder);
    waitFor(artifacts, run, folder);
    run.process().destroyForcibly().waitFor();
  }

  private static void waitFor(int artifacts, Program.Running run, Path folder) throws Exception {
    Program program = new Program(folder.resolve("home"));
    while (program.artifacts() < artifacts || !Files.exists(folder.resolve("home/server.json"))) {
      assertThat(run.process().waitFor(2, TimeUnit.MILLISECONDS)).as(run.printed()).isFalse();
    }
  }

  private static Map<String, Long> logged(Pattern what, Path folder) throws IOException {
    return what.matcher(new Program(folder.resolve("home")).log())
        .results()
        .map(KillIT::unit)
        .collect(Collectors.groupingBy(unit -> unit, Collectors.counting()));
  }

  private static String unit(MatchResult line) {
    return line.group(1);
  }
}
