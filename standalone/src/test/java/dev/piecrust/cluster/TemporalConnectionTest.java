package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.observe.Instruments;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a server that wants certificates, as those of companies and clouds do. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TemporalConnectionTest {
  private GuardedTemporal server;
  private Identity client;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    client = Identity.create(folder, "worker.lab");
    server = new GuardedTemporal(Identity.create(folder, "temporal.lab"), client);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void showsItsCertificateAndKnowsTheServerByTheNameThatIsConfigured() {
    try (TemporalConnection connection = open(environment())) {
      connection.check();
      assertThat(connection.address()).isEqualTo(server.address() + ", namespace pie");
    }
  }

  @Test
  void sendsItsApiKeyWithEveryRequest() {
    Map<String, String> environment = environment();
    environment.put("TEMPORAL_API_KEY", "key-of-the-lab");
    try (TemporalConnection connection = open(environment)) {
      connection.check();
      assertThat(server.authorizations()).contains("Bearer key-of-the-lab");
    }
  }

  @Test
  void isTurnedAwayWithoutACertificate() {
    Map<String, String> environment = environment();
    environment.remove("TEMPORAL_TLS_CLIENT_CERT_PATH");
    environment.remove("TEMPORAL_TLS_CLIENT_KEY_PATH");
    turnedAway(environment);
  }

  @Test
  void turnsAServerOfAnotherNameAway() {
    Map<String, String> environment = environment();
    environment.put("TEMPORAL_TLS_SERVER_NAME", "temporal.elsewhere");
    turnedAway(environment);
  }

  @Test
  void saysThatACertificateIsNotThere() {
    Map<String, String> environment = environment();
    environment.put("TEMPORAL_TLS_CLIENT_CERT_PATH", "no/such/file.pem");
    assertThatThrownBy(() -> open(environment))
        .isInstanceOf(PieCrustException.class)
        .hasMessage(
            "TEMPORAL_TLS_CLIENT_CERT_PATH is 'no/such/file.pem', expected a file that this process"
                + " may read");
  }

  private void turnedAway(Map<String, String> environment) {
    assertThatThrownBy(() -> open(environment))
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining("Temporal does not answer at " + server.address());
  }

  private static TemporalConnection open(Map<String, String> environment) {
    return TemporalConnection.open(environment, Instruments.none());
  }

  private Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "TEMPORAL_ADDRESS", server.address(),
            "TEMPORAL_NAMESPACE", "pie",
            "TEMPORAL_TLS", "true",
            "TEMPORAL_TLS_CLIENT_CERT_PATH", client.certificate().toString(),
            "TEMPORAL_TLS_CLIENT_KEY_PATH", client.key().toString(),
            "TEMPORAL_TLS_SERVER_CA_CERT_PATH", server.identity().certificate().toString(),
            "TEMPORAL_TLS_SERVER_NAME", "temporal.lab"));
  }
}
