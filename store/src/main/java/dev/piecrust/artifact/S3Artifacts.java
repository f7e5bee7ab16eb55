package dev.piecrust.artifact;

import static dev.piecrust.failure.PieCrustException.resources;
import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.failure.DiskFailures;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Artifacts in a bucket, under the keys that their files have in a {@link FolderArtifacts}. What is
 * written is hashed in a temporary file first and then uploaded in one request, which a store takes
 * wholly or not at all. What is read is handed on only when its length and hash are right.
 */
public final class S3Artifacts implements ArtifactStore {
  /** The most that S3 takes in one request: 5 GiB, some thousand times a usual artifact. */
  private static final long LARGEST = 5L << 30;

  private final S3Location location;
  private final S3Connection connection;
  private final S3Failures failures;

  S3Artifacts(S3Location location, S3Connection connection) {
    this.location = location;
    this.connection = connection;
    this.failures = new S3Failures(location);
  }

  @Override
  public void check() {
    try {
      connection.credentials().resolveCredentials();
    } catch (SdkClientException e) {
      throw user(
          "no credentials for the artifact store %s are set, expected AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY, a profile or a role",
          location);
    }
    try {
      connection.client().headBucket(r -> r.bucket(location.bucket()));
    } catch (SdkException e) {
      throw failures.ofBucket(e);
    }
  }

  @Override
  public ArtifactRef put(Content content) {
    try (ScratchFile scratch = ScratchFile.create()) {
      ArtifactRef ref = scratch.write(content);
      if (ref.bytes() > LARGEST) {
        throw resources(
            "an artifact of %,d bytes is too large for %s, which takes %,d at once; use a smaller"
                + " prune.batch",
            ref.bytes(), location, LARGEST);
      }
      if (!exists(ref)) {
        upload(ref, scratch);
      }
      return ref;
    } catch (IOException e) {
      throw DiskFailures.of("an artifact could not be prepared in " + ScratchFile.FOLDER, e);
    }
  }

  private void upload(ArtifactRef ref, ScratchFile scratch) {
    try {
      connection
          .client()
          .putObject(
              r -> r.bucket(location.bucket()).key(location.key(ref)),
              RequestBody.fromFile(scratch.path()));
    } catch (SdkException e) {
      throw failures.of("artifact " + ref.sha256() + " could not be written to", e);
    }
  }

  @Override
  public InputStream open(ArtifactRef ref) {
    try {
      ScratchFile scratch = ScratchFile.create();
      try {
        download(ref, scratch);
        return scratch.openAndForget();
      } catch (IOException | RuntimeException e) {
        scratch.close();
        throw e;
      }
    } catch (IOException e) {
      throw DiskFailures.of(
          "artifact %s could not be kept in %s".formatted(ref.sha256(), ScratchFile.FOLDER), e);
    }
  }

  private void download(ArtifactRef ref, ScratchFile scratch) {
    try {
      connection
          .client()
          .getObject(r -> r.bucket(location.bucket()).key(location.key(ref)), whole(ref, scratch));
    } catch (S3Exception e) {
      if (S3Failures.missing(e)) {
        throw PieCrustException.external(
            "artifact %s is missing from %s".formatted(ref.sha256(), location), e);
      }
      throw failures.of("artifact " + ref.sha256() + " could not be read from", e);
    } catch (SdkException e) {
      throw failures.of("artifact " + ref.sha256() + " could not be read from", e);
    }
  }

  /** Takes an answer only when it is the artifact; otherwise the request is made again. */
  private static <R> ResponseTransformer<R, ArtifactRef> whole(
      ArtifactRef expected, ScratchFile scratch) {
    return (response, body) -> {
      try {
        ArtifactRef received = scratch.write(body::transferTo);
        if (received.equals(expected)) {
          return received;
        }
        throw new IOException(
            "what arrived is damaged: %,d bytes with SHA-256 %s, expected %,d"
                .formatted(received.bytes(), received.sha256(), expected.bytes()));
      } catch (IOException e) {
        throw RetryableException.builder().cause(e).build();
      }
    };
  }

  @Override
  public boolean exists(ArtifactRef ref) {
    try {
      long bytes =
          connection
              .client()
              .headObject(r -> r.bucket(location.bucket()).key(location.key(ref)))
              .contentLength();
      return bytes == ref.bytes();
    } catch (S3Exception e) {
      if (S3Failures.missing(e)) {
        return false;
      }
      throw failures.of("artifact " + ref.sha256() + " could not be looked for in", e);
    } catch (SdkException e) {
      throw failures.of("artifact " + ref.sha256() + " could not be looked for in", e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
