package dev.piecrust.artifact;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The contract against a server that speaks S3. */
final class S3ArtifactsIT extends ArtifactContract {
  private S3Server server;
  private ArtifactStore store;

  @BeforeEach
  void start() throws Exception {
    server = new S3Server();
    store = store(server.port(), S3Server.USER, S3Server.SECRET);
    store.check();
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    server.close();
  }

  /** A store behind a port of this machine that loses no time before it asks again. */
  static ArtifactStore store(int port, String user, String secret) {
    return store(
        (S3Location) ArtifactLocation.of(S3Server.environment(port)),
        StaticCredentialsProvider.create(AwsBasicCredentials.create(user, secret)));
  }

  static ArtifactStore store(S3Location location, AwsCredentialsProvider credentials) {
    Duration pause = Duration.ofMillis(1);
    return new S3Artifacts(
        location,
        S3Connection.to(location, credentials, S3Connection.retries(pause, pause, pause)));
  }

  @Override
  ArtifactStore store() {
    return store;
  }

  @Override
  long held() {
    return server.objects();
  }

  @Override
  void replace(String sha256, String content) {
    server.replace("some/prefix/ba/78/" + sha256, content);
  }
}
