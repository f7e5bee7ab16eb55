package dev.piecrust.cluster;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.SharedUse;
import dev.piecrust.artifact.ArtifactLocation;
import dev.piecrust.store.database.DatabaseConfig;
import java.util.Map;
import java.util.Optional;

/**
 * What the processes of a distributed installation share, as environment variables name it: {@code
 * PIECRUST_DATABASE_URL}, {@code PIECRUST_DATABASE_USER}, {@code PIECRUST_DATABASE_PASSWORD} and
 * what {@link ArtifactLocation} reads. Without the first there is no such installation, and the
 * program runs by itself.
 *
 * @param database PostgreSQL
 * @param artifacts a folder that all of them see, or a bucket
 */
public record Installation(DatabaseConfig database, ArtifactLocation artifacts) {
  /** The switch between one process and many. */
  public static final String DATABASE_URL = SharedUse.DATABASE_URL;

  private static final String POSTGRES = "jdbc:postgresql:";

  /** The installation that this process's environment names, if it names one. */
  public static Optional<Installation> ofThisProcess() {
    return of(System.getenv());
  }

  static Optional<Installation> of(Map<String, String> environment) {
    String url = environment.getOrDefault(DATABASE_URL, "");
    if (url.isBlank()) {
      return Optional.empty();
    }
    if (!url.startsWith(POSTGRES)) {
      throw user(
          "%s is '%s', expected %s//HOST/DATABASE, since an H2 file cannot be shared",
          DATABASE_URL, url, POSTGRES);
    }
    return Optional.of(
        new Installation(DatabaseConfig.of(url, environment), ArtifactLocation.of(environment)));
  }
}
