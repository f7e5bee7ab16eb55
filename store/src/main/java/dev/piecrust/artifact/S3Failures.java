package dev.piecrust.artifact;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Says in one sentence why a store did not do what it was asked.
 *
 * @param location the store
 */
record S3Failures(S3Location location) {
  private static final int DENIED = 403;
  private static final int MISSING = 404;
  private static final int ELSEWHERE = 301;

  /** Whether there is no such object; a bucket that is missing is another matter. */
  static boolean missing(S3Exception e) {
    return e.statusCode() == MISSING && !"NoSuchBucket".equals(code(e));
  }

  /** Of work on one artifact. It may succeed later: someone makes the bucket, or a key is valid. */
  PieCrustException of(String what, SdkException e) {
    return PieCrustException.external(
        "%s %s: %s".formatted(what, location, e instanceof S3Exception s ? advice(s) : reason(e)),
        e);
  }

  /** Of the first question, about the bucket: what its user can set right. */
  PieCrustException ofBucket(SdkException e) {
    return e instanceof S3Exception s && s.statusCode() < 500
        ? user("the artifact store %s cannot be used: %s", location, advice(s))
        : of("no answer from the artifact store", e);
  }

  private String advice(S3Exception e) {
    return switch (e.statusCode()) {
      case DENIED ->
          "access is denied (%s): the credentials must be right and allow to list the bucket and to read and write its objects"
              .formatted(said(e));
      case MISSING ->
          "there is no bucket '%s': make it, or correct %s"
              .formatted(location.bucket(), ArtifactLocation.VARIABLE);
      case ELSEWHERE ->
          "the bucket is not in region %s: correct %s"
              .formatted(location.region(), S3Location.REGION);
      default -> said(e);
    };
  }

  private static String said(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    String text = message == null || message.isBlank() ? "" : ": " + message;
    String code = code(e).isEmpty() ? "" : " " + code(e);
    return "status " + e.statusCode() + code + text;
  }

  private static String code(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  /** The innermost cause says most: a refused connection, a time that was up. */
  private static String reason(SdkException e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = String.valueOf(innermost.getMessage());
    return innermost.getClass() == IOException.class
        ? message
        : innermost.getClass().getSimpleName() + ": " + message;
  }
}
