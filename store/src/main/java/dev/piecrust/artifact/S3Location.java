package dev.piecrust.artifact;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.activity.ArtifactRef;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket of an S3-compatible store. Credentials come from where AWS's own tools take them: the
 * environment ({@code AWS_ACCESS_KEY_ID} …), a profile, or the machine's role.
 *
 * @param bucket its name
 * @param prefix what keys begin with: empty, or names that each end with a slash
 * @param endpoint where a store other than AWS's listens; its buckets are addressed by path
 * @param region of the bucket
 */
public record S3Location(String bucket, String prefix, Optional<URI> endpoint, String region)
    implements ArtifactLocation {
  /** Names a store other than AWS's, as {@code https://HOST[:PORT]}. */
  public static final String ENDPOINT = "PIECRUST_S3_ENDPOINT";

  /** Names the bucket's region; {@value #DEFAULT_REGION} where it is not set. */
  public static final String REGION = "PIECRUST_S3_REGION";

  static final String SCHEME = "s3://";

  /** Where none is named; most stores other than AWS's take it. */
  public static final String DEFAULT_REGION = "us-east-1";

  private static final Pattern PLACE =
      Pattern.compile("s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?<prefix>(/[\\w.-]+)*)/?");
  private static final Pattern REGION_NAME = Pattern.compile("[a-zA-Z0-9-]+");

  static S3Location of(String place, Map<String, String> environment) {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      throw user(
          "%s is '%s', expected s3://BUCKET[/PREFIX]: a bucket of 3 to 63 lower-case letters,"
              + " digits, dots and hyphens, and names of letters, digits, '.', '_' and '-'",
          VARIABLE, place);
    }
    String prefix = parts.group("prefix");
    String region = environment.getOrDefault(REGION, "").strip();
    if (!region.isEmpty() && !REGION_NAME.matcher(region).matches()) {
      throw user("%s is '%s', expected a name such as %s", REGION, region, DEFAULT_REGION);
    }
    return new S3Location(
        parts.group("bucket"),
        prefix.isEmpty() ? "" : prefix.substring(1) + "/",
        endpoint(environment.getOrDefault(ENDPOINT, "").strip()),
        region.isEmpty() ? DEFAULT_REGION : region);
  }

  /** What is wrong is not repeated: it might hold a password. */
  private static Optional<URI> endpoint(String value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(value);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getUserInfo() == null && uri.getQuery() == null;
      if (http && bare && uri.getHost() != null && uri.getFragment() == null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      throw user("%s is not a URL, expected http[s]://HOST[:PORT]", ENDPOINT);
    }
    throw user(
        "%s is of another form, expected http[s]://HOST[:PORT] without a user, a query or a"
            + " fragment",
        ENDPOINT);
  }

  @Override
  public ArtifactStore open() {
    return new S3Artifacts(this, S3Connection.to(this));
  }

  /** The same layout as in a folder, so that one can be copied into the other. */
  String key(ArtifactRef ref) {
    String sha256 = ref.sha256();
    return prefix + sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
  }

  /** Bucket, prefix and server. */
  @Override
  public String toString() {
    return "%s%s/%s at %s"
        .formatted(
            SCHEME, bucket, prefix, endpoint.map(URI::toString).orElse("AWS, region " + region));
  }
}
