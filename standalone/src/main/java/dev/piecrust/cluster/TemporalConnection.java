package dev.piecrust.cluster;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.observe.Instruments;
import dev.piecrust.observe.TemporalMetrics;
import dev.piecrust.observe.TemporalTraces;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A connection to Temporal, by Temporal's own environment variables and profile files: {@code
 * TEMPORAL_ADDRESS} (by default {@value #DEFAULT_ADDRESS}), {@code TEMPORAL_NAMESPACE}, {@code
 * TEMPORAL_API_KEY}, {@code TEMPORAL_TLS} and {@code TEMPORAL_TLS_*} for certificates and the
 * server's name. What goes through it is sealed where there are {@link PayloadKeys}.
 */
public final class TemporalConnection implements AutoCloseable {
  public static final String DEFAULT_ADDRESS = "127.0.0.1:7233";

  /** A server that is there answers in milliseconds, one that starts in seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final List<String> TLS_FILES =
      List.of(
          "TEMPORAL_TLS_CLIENT_CERT_PATH",
          "TEMPORAL_TLS_CLIENT_KEY_PATH",
          "TEMPORAL_TLS_SERVER_CA_CERT_PATH");

  private static final long STOP_SECONDS = 2;

  private final String address;
  private final TemporalMetrics metrics;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  private TemporalConnection(
      ClientConfigProfile profile, Optional<PayloadKeys> keys, Instruments instruments) {
    metrics = new TemporalMetrics(instruments.meters());
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder(server(profile))
                .setMetricsScope(metrics.scope())
                .build());
    client =
        WorkflowClient.newInstance(
            stubs, new TemporalTraces(instruments.traces()).client(options(profile, keys)));
    address = stubs.getOptions().getTarget();
  }

  /** Connects without showing it. */
  public static TemporalConnection open() {
    return open(Instruments.none());
  }

  /**
   * Connects; a server that does not answer is an external failure that names its address.
   *
   * @param instruments where the connection shows what it does
   */
  public static TemporalConnection open(Instruments instruments) {
    return open(System.getenv(), instruments);
  }

  static TemporalConnection open(Map<String, String> environment, Instruments instruments) {
    TLS_FILES.forEach(variable -> requireFile(variable, environment.getOrDefault(variable, "")));
    TemporalConnection connection =
        new TemporalConnection(profile(environment), PayloadKeys.of(environment), instruments);
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

  private static void requireFile(String variable, String file) {
    if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
      throw user("%s is '%s', expected a file that this process may read", variable, file);
    }
  }

  /** Reads the certificates, too. */
  private static WorkflowServiceStubsOptions server(ClientConfigProfile profile) {
    try {
      return profile.toWorkflowServiceStubsOptions();
    } catch (RuntimeException e) {
      throw new PieCrustException(
          FailureCategory.USER,
          "a file that TEMPORAL_TLS_… names cannot be used, expected certificates and keys in PEM",
          e);
    }
  }

  private static WorkflowClientOptions options(
      ClientConfigProfile profile, Optional<PayloadKeys> keys) {
    WorkflowClientOptions.Builder options = profile.toWorkflowClientOptions().toBuilder();
    keys.map(SealedPayloads::converter).ifPresent(options::setDataConverter);
    return options.build();
  }

  private static ClientConfigProfile profile(Map<String, String> environment) {
    try {
      ClientConfigProfile profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build());
      String address = profile.getAddress();
      return address == null || address.isBlank()
          ? profile.toBuilder().setAddress(DEFAULT_ADDRESS).build()
          : profile;
    } catch (IOException | IllegalArgumentException e) {
      throw new PieCrustException(
          FailureCategory.USER,
          "Temporal's profile cannot be read, expected TOML in the file that TEMPORAL_CONFIG_FILE"
              + " names",
          e);
    }
  }

  /** Fails where the server does not answer. */
  public void check() {
    stubs.healthCheck();
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
    metrics.close();
  }
}
