package dev.piecrust.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.HostileNetwork.Weather;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A bucket that is slow, damaged, denied or gone. */
final class S3OutageIT {
  private S3Server server;
  private HostileNetwork network;
  private ArtifactStore store;
  private final byte[] content = new byte[300_000];

  @BeforeEach
  void start() throws Exception {
    new Random(1).nextBytes(content);
    server = new S3Server();
    network = new HostileNetwork(server.port());
    store = S3ArtifactsIT.store(network.port(), S3Server.USER, S3Server.SECRET);
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    network.close();
    server.close();
  }

  @Test
  void writesWhenAStoreThatSaidSlowDownIsFastAgain() throws Exception {
    network.strike(Weather.SLOW_DOWN, 2 * S3Connection.ATTEMPTS - 2);
    assertThatThrownBy(() -> store.put(content)).hasMessageContaining("status 503");
    assertThat(server.objects()).isZero();
    network.strike(Weather.SLOW_DOWN, S3Connection.ATTEMPTS - 1);
    assertThat(read(store.put(content))).isEqualTo(content);
    assertThat(network.struck()).isEqualTo(S3Connection.ATTEMPTS - 1);
  }

  @Test
  void givesUpOnAStoreThatOnlySaysSlowDown() throws Exception {
    ArtifactRef ref = store.put(content);
    network.turn(Weather.SLOW_DOWN);
    String server = "s3://piecrust-test/some/prefix/ at http://127.0.0.1:" + network.port();
    assertFails(
        () -> store.open(ref),
        FailureCategory.EXTERNAL,
        "artifact "
            + ref.sha256()
            + " could not be read from "
            + server
            + ": status 503 SlowDown: Please reduce your request rate.");
    assertThat(network.struck()).isEqualTo(S3Connection.ATTEMPTS);
    assertFails(
        () -> store.put(content),
        FailureCategory.EXTERNAL,
        "artifact " + ref.sha256() + " could not be looked for in " + server + ": status 503");
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "CUT_SHORT", "ALTERED"})
  void readsOnceMoreWhatDidNotArriveWhole(Weather weather) throws Exception {
    ArtifactRef ref = store.put(content);
    network.strike(weather, 2);
    assertThat(read(ref)).isEqualTo(content);
    assertThat(network.struck()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "CUT_SHORT", "ALTERED"})
  void neverHandsOnWhatStaysDamaged(Weather weather) throws Exception {
    ArtifactRef ref = store.put(content);
    network.turn(weather);
    assertThatThrownBy(() -> store.open(ref))
        .hasMessageContaining("artifact " + ref.sha256() + " could not be read from s3://")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
    assertThat(network.struck()).isEqualTo(S3Connection.ATTEMPTS);
  }

  @Test
  void noticesWhatWasAlteredInTheStore() {
    ArtifactRef ref = store.put(new byte[] {'a', 'b', 'c'});
    server.replace("some/prefix/ba/78/" + ref.sha256(), "abd");
    assertThatThrownBy(() -> store.open(ref))
        .hasMessageContaining(ref.sha256())
        .hasMessageContaining("what arrived is damaged: 3 bytes with SHA-256 a52d159f262b2c6d");
  }

  @Test
  void saysThatThereIsNoSuchBucket() {
    Map<String, String> environment = new HashMap<>(S3Server.environment(network.port()));
    environment.put(ArtifactLocation.VARIABLE, "s3://another");
    S3Location location = (S3Location) ArtifactLocation.of(environment);
    try (ArtifactStore another = S3ArtifactsIT.store(location, () -> credentials())) {
      String sentence = "there is no bucket 'another': make it, or correct PIECRUST_ARTIFACTS";
      assertFails(another::check, FailureCategory.USER, location + " cannot be used: " + sentence);
      ArtifactRef ref = new ArtifactRef(ArtifactContract.ABC, 3);
      assertFails(() -> another.open(ref), FailureCategory.EXTERNAL, sentence);
      assertFails(() -> another.put(content), FailureCategory.EXTERNAL, sentence);
    }
  }

  @Test
  void saysThatAccessIsDenied() {
    try (ArtifactStore denied = S3ArtifactsIT.store(network.port(), S3Server.USER, "wrong")) {
      assertFails(
          denied::check,
          FailureCategory.USER,
          "the credentials must be right and allow to list the bucket and to read and write its"
              + " objects");
      assertFails(() -> denied.put(content), FailureCategory.EXTERNAL, "access is denied");
    }
  }

  @Test
  void saysThatNobodyIsThere() throws Exception {
    // A port that is taken, so that nobody else is there, and where nobody listens.
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = silent.getLocalPort();
      try (ArtifactStore alone = S3ArtifactsIT.store(port, S3Server.USER, S3Server.SECRET)) {
        assertFails(
            alone::check,
            FailureCategory.EXTERNAL,
            "no answer from the artifact store s3://piecrust-test/some/prefix/ at http://127.0.0.1:"
                + port
                + ": ConnectException: Connection refused");
      }
    }
  }

  @Test
  void saysThatThereAreNoCredentials() {
    S3Location location = (S3Location) ArtifactLocation.of(S3Server.environment(network.port()));
    try (ArtifactStore nobody =
        S3ArtifactsIT.store(
            location,
            () -> {
              throw SdkClientException.create("none of ten places has any");
            })) {
      assertFails(
          nobody::check,
          FailureCategory.USER,
          "expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
      assertFails(() -> nobody.put(content), FailureCategory.EXTERNAL, "none of ten places");
    }
  }

  private static AwsBasicCredentials credentials() {
    return AwsBasicCredentials.create(S3Server.USER, S3Server.SECRET);
  }

  private byte[] read(ArtifactRef ref) throws Exception {
    try (InputStream in = store.open(ref)) {
      return in.readAllBytes();
    }
  }

  private static void assertFails(ThrowingCallable what, FailureCategory category, String saying) {
    assertThatThrownBy(what)
        .hasMessageContaining(saying)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(category));
  }
}
