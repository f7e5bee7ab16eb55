package dev.piecrust.embedded;

import dev.piecrust.observe.Instruments;
import dev.piecrust.observe.TemporalMetrics;
import dev.piecrust.observe.TemporalTraces;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.util.concurrent.TimeUnit;

/**
 * Temporal's in-memory server inside this JVM, reached without a network. It forgets everything
 * with the process: the database remembers the campaigns, and their checkpoints skip what is done.
 */
public final class EmbeddedTemporal implements AutoCloseable {
  private static final long STOP_SECONDS = 2;

  // Time must not be skipped: timeouts and retries are real here.
  private final TestServer.InProcessTestServer server = TestServer.createServer(true);
  private final TemporalMetrics metrics;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  /**
   * @param instruments where it shows what it does
   */
  public EmbeddedTemporal(Instruments instruments) {
    metrics = new TemporalMetrics(instruments.meters());
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setChannel(server.getChannel())
                .setMetricsScope(metrics.scope())
                .build());
    client =
        WorkflowClient.newInstance(
            stubs,
            new TemporalTraces(instruments.traces())
                .client(WorkflowClientOptions.getDefaultInstance()));
  }

  public WorkflowClient client() {
    return client;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    stubs.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    server.close();
    metrics.close();
  }
}
