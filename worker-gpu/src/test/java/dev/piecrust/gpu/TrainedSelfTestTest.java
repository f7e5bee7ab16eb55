package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.TrainActivities;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code doctor} and a campaign's page say of a set that was trained here. */
class TrainedSelfTestTest {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();
  private static final String HOOK = "its configuration says ";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "batchtopk, hook_resid_mid, mlp.hook_in",
    "topk, hook_resid_mid, mlp.hook_in",
  })
  void oneThatReadsAtAnotherHookIsWarnedOf(String activation, String hook, String other)
      throws IOException {
    try (Installation one = new Installation(folder.resolve("one"))) {
      one.stores
          .campaigns()
          .create("own", SpecReader.parse(training(activation, hook), folder, "spec"));
      TrainActivities worker = one.trainer();
      worker.train(new TrainPart("own", 0));
    }
    Path config = folder.resolve("out/config.yaml");
    assertThat(note()).startsWith("self-test on ").doesNotContain("warning");
    Files.writeString(config, Files.readString(config).replace(hook, other));
    assertThat(note()).contains("; warning: " + HOOK).contains("trained at another hook");
  }

  private String note() {
    String spec =
        """
        name: read
        subject: {model: %s/model, transcoder: out}
        tasks: [{kind: ioi, prompts: 40}]
        prune: {methods: [fap], budgets: [5]}
        """
            .formatted(DEMO);
    return SubjectCheck.here(SpecReader.parse(spec, folder, "spec"), HubFolders.ofThisProcess())
        .notes()
        .get(1);
  }

  private static String training(String activation, String hook) {
    return """
    name: own
    subject: {model: %1$s/model, transcoder: out}
    train:
      corpus: %1$s/corpus.jsonl.gz
      activation: %2$s
      hook: %3$s
      features: 128
      l0: 8
      steps: 100
      batch: 256
      context: 48
      windows: 400
      checkpoint: 200
    """
        .formatted(DEMO, activation, hook);
  }
}
