package dev.piecrust.artifact;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * A client of one S3-compatible store, and who it says it is. Every number has its reason.
 *
 * @param client how to ask
 * @param credentials who asks
 */
record S3Connection(S3Client client, AwsCredentialsProvider credentials) implements AutoCloseable {
  /** A server in the same region answers in milliseconds, one behind a tunnel in a second. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Silence in the middle of an answer; a store under load may think for ten seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /**
   * A request and seven repetitions: half a minute in the mean where the store says "slow down".
   * What fails then is tried again by Temporal, five times and more, for minutes.
   */
  static final int ATTEMPTS = 8;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE_OF_THE_SLOW = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  static S3Connection to(S3Location location) {
    return to(
        location,
        DefaultCredentialsProvider.builder().build(),
        retries(FIRST_PAUSE, FIRST_PAUSE_OF_THE_SLOW, LONGEST_PAUSE));
  }

  static S3Connection to(
      S3Location location, AwsCredentialsProvider credentials, StandardRetryStrategy retries) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(location.region()))
            .credentialsProvider(credentials)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .overrideConfiguration(o -> o.retryStrategy(retries))
            // Many stores do not know AWS's newer checksums; ours is the artifact's name.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    location.endpoint().ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
    return new S3Connection(builder.build(), credentials);
  }

  /** Pauses that double, each cut to a random part, so that many workers do not come at once. */
  static StandardRetryStrategy retries(Duration first, Duration firstOfTheSlow, Duration longest) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(ATTEMPTS)
        .backoffStrategy(BackoffStrategy.exponentialDelay(first, longest))
        .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(firstOfTheSlow, longest))
        .build();
  }

  @Override
  public void close() {
    client.close();
  }
}
