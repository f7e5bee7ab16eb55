package dev.piecrust.cluster;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.store.DatabaseConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the processes of a distributed installation share, as environment variables name it: {@code
 * PIECRUST_DATABASE_URL}, {@code PIECRUST_DATABASE_USER}, {@code PIECRUST_DATABASE_PASSWORD} and
 * {@code PIECRUST_ARTIFACTS}. Without the first there is no such installation, and the program runs
 * by itself.
 *
 * @param database PostgreSQL
 * @param artifacts a folder that all of them see
 */
public record Installation(DatabaseConfig database, Path artifacts) {
  /** The switch between one process and many. */
  public static final String DATABASE_URL = "PIECRUST_DATABASE_URL";

  static final String DATABASE_USER = "PIECRUST_DATABASE_USER";
  static final String DATABASE_PASSWORD = "PIECRUST_DATABASE_PASSWORD";
  static final String ARTIFACTS = "PIECRUST_ARTIFACTS";

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
    String artifacts = environment.getOrDefault(ARTIFACTS, "");
    if (artifacts.isBlank()) {
      throw user("%s is not set, expected a folder that all processes see", ARTIFACTS);
    }
    return Optional.of(
        new Installation(
            new DatabaseConfig(
                url,
                environment.getOrDefault(DATABASE_USER, "piecrust"),
                environment.getOrDefault(DATABASE_PASSWORD, "")),
            Path.of(artifacts).toAbsolutePath()));
  }
}
