package dev.piecrust.cluster;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A connection to Temporal, by Temporal's own environment variables and profile files: {@code
 * TEMPORAL_ADDRESS} (by default {@value #DEFAULT_ADDRESS}), {@code TEMPORAL_NAMESPACE}, {@code
 * TEMPORAL_API_KEY}, {@code TEMPORAL_TLS} and {@code TEMPORAL_TLS_*} for certificates and the
 * server's name.
 */
public final class TemporalConnection implements AutoCloseable {
  static final String DEFAULT_ADDRESS = "127.0.0.1:7233";

  /** A server that is there answers in milliseconds, one that starts in seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long STOP_SECONDS = 2;

  private final String address;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  private TemporalConnection(ClientConfigProfile profile) {
    stubs = WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions());
    client = WorkflowClient.newInstance(stubs, profile.toWorkflowClientOptions());
    address = stubs.getOptions().getTarget();
  }

  /** Connects; a server that does not answer is an external failure that names its address. */
  public static TemporalConnection open() {
    TemporalConnection connection = new TemporalConnection(profile());
    try {
      connection.stubs.connect(PATIENCE);
      return connection;
    } catch (StatusRuntimeException | IllegalStateException e) {
      connection.close();
      throw PieCrustException.external(
          "Temporal does not answer at %s within %d s (TEMPORAL_ADDRESS says where it is)"
              .formatted(connection.address, PATIENCE.toSeconds()),
          e);
    }
  }

  private static ClientConfigProfile profile() {
    try {
      ClientConfigProfile profile = ClientConfigProfile.load();
      String address = profile.getAddress();
      return address == null || address.isBlank()
          ? profile.toBuilder().setAddress(DEFAULT_ADDRESS).build()
          : profile;
    } catch (IOException | IllegalArgumentException e) {
      throw user("Temporal's profile cannot be read: %s", e);
    }
  }

  public WorkflowClient client() {
    return client;
  }

  /** Host and port, and namespace. */
  public String address() {
    return "%s, namespace %s".formatted(address, client.getOptions().getNamespace());
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    stubs.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
