package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.Failures;
import dev.piecrust.observe.Instruments;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Temporal server knows of a workflow whose processes have keys. */
class SealedHistoryIT {
  private static final String KEYS = "lab:" + Base64.getEncoder().encodeToString(new byte[32]);
  private static final String QUEUE = "sealed";

  @TempDir Path folder;

  /** Repeats a word through an activity that fails. */
  @WorkflowInterface
  public interface Repeat {
    @WorkflowMethod
    String run(String word);
  }

  /** Fails, and says the word. */
  @ActivityInterface
  public interface Refuse {
    void refuse(String word);
  }

  public static final class RepeatImpl implements Repeat {
    private final Refuse activity =
        Workflow.newActivityStub(
            Refuse.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(10))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build());

    @Override
    public String run(String word) {
      activity.refuse(word);
      return word;
    }
  }

  @Test
  void isNeitherTheSpecNorTheFailure() throws Exception {
    try (RealTemporal server = RealTemporal.start(folder);
        TemporalConnection sealed = connect(server, Map.of("PIECRUST_PAYLOAD_KEYS", KEYS));
        TemporalConnection open = connect(server, Map.of())) {
      assertThatThrownBy(() -> repeat(sealed, "with-keys", "planted"))
          .hasRootCauseInstanceOf(ApplicationFailure.class)
          .rootCause()
          .hasMessageContaining("no planted here");
      assertThat(history(open, "with-keys"))
          .contains("binary/piecrust-aes-gcm")
          .doesNotContain("planted");
      assertThat(history(sealed, "with-keys")).doesNotContain("planted");

      assertThatThrownBy(() -> repeat(open, "without", "planted")).isNotNull();
      assertThat(history(open, "without")).contains("planted");
    }
  }

  private static TemporalConnection connect(RealTemporal server, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("TEMPORAL_ADDRESS", server.address());
    return TemporalConnection.open(environment, Instruments.none());
  }

  private static String repeat(TemporalConnection connection, String id, String word) {
    WorkerFactory factory = WorkerFactory.newInstance(connection.client());
    try {
      Worker worker = factory.newWorker(QUEUE);
      worker.registerWorkflowImplementationTypes(RepeatImpl.class);
      worker.registerActivitiesImplementations(
          (Refuse)
              said -> {
                throw Failures.toTemporal(new IllegalStateException("no " + said + " here"));
              });
      factory.start();
      return connection
          .client()
          .newWorkflowStub(
              Repeat.class,
              WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUE).build())
          .run(word);
    } finally {
      factory.shutdownNow();
    }
  }

  /** As the server has it: events are not decoded when they are fetched. */
  private static String history(TemporalConnection connection, String id) {
    return connection.client().fetchHistory(id).getHistory().toString();
  }
}
