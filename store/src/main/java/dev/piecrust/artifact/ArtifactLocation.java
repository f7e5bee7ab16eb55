package dev.piecrust.artifact;

import static dev.piecrust.failure.PieCrustException.user;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where many processes keep their artifacts, as the environment names it: {@value #VARIABLE} is a
 * folder that all of them see, or {@code s3://BUCKET[/PREFIX]}.
 */
public sealed interface ArtifactLocation permits FolderLocation, S3Location {
  /** The variable that names it. */
  String VARIABLE = "PIECRUST_ARTIFACTS";

  /** What the variable may hold. */
  String EXPECTED = "a folder that all processes see, or s3://BUCKET[/PREFIX]";

  /** The store there; nothing is asked of a server yet. */
  ArtifactStore open();

  /** The location that the environment names; anything else is a user error. */
  static ArtifactLocation of(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "").strip();
    if (value.isEmpty()) {
      throw user("%s is not set, expected %s", VARIABLE, EXPECTED);
    }
    if (value.startsWith(S3Location.SCHEME)) {
      return S3Location.of(value, environment);
    }
    if (value.contains("://") || value.startsWith("s3:")) {
      throw user("%s is '%s', expected %s", VARIABLE, value, EXPECTED);
    }
    try {
      return new FolderLocation(Path.of(value).toAbsolutePath());
    } catch (InvalidPathException e) {
      throw user("%s is '%s', expected %s", VARIABLE, value, EXPECTED);
    }
  }
}
