package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged program, killed with {@code kill -9} and started again, against an undisturbed run.
 */
class KillIT {
  private static final Pattern COMPUTED =
      Pattern.compile("(scored|checked) (\\S+) of \\S+: .* computed");

  @TempDir static Path undisturbed;
  @TempDir Path folder;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    Program program = new Program(undisturbed.resolve("home"));
    Program.Running run = program.start("demo", "--quick", "--out", out(undisturbed).toString());
    assertThat(run.exitStatus()).as(run.printed()).isZero();
  }

  /** The artifacts of 20 prompts, in order: the pairs, then scores and outcomes of two batches. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5})
  void continuesAfterAKillAndEndsWithTheSameNumbers(int artifacts) throws Exception {
    Program program = new Program(folder.resolve("home"));
    Program.Running killed = program.start("demo", "--quick", "--out", out(folder).toString());
    while (program.artifacts() < artifacts || !Files.exists(folder.resolve("home/server.json"))) {
      assertThat(killed.process().waitFor(2, TimeUnit.MILLISECONDS)).as(killed.printed()).isFalse();
    }
    killed.process().destroyForcibly().waitFor();

    Program.Running again = program.start("demo", "--quick", "--out", out(folder).toString());
    assertThat(again.exitStatus()).as(again.printed()).isZero();
    for (String file : new String[] {"per_prompt_merged.jsonl", "final_summary.json"}) {
      assertThat(out(folder).resolve(file)).hasSameBinaryContentAs(out(undisturbed).resolve(file));
    }
    assertThat(computed(program).values())
        .as("times a finished unit was computed")
        .containsOnly(1L);
  }

  private static Map<String, Long> computed(Program program) throws IOException {
    return COMPUTED
        .matcher(program.log())
        .results()
        .collect(Collectors.groupingBy(KillIT::unit, Collectors.counting()));
  }

  private static String unit(MatchResult line) {
    return line.group(1) + " " + line.group(2);
  }

  private static Path out(Path folder) {
    return folder.resolve("out");
  }
}
