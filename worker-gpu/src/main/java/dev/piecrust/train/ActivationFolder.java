package dev.piecrust.train;

import dev.piecrust.input.HomeFolder;
import java.nio.file.Path;
import java.util.Map;

/** Where activations are kept that trainings write to a disk. */
public final class ActivationFolder {
  /** The environment variable that names it. */
  public static final String VARIABLE = "PIECRUST_ACTIVATIONS";

  private ActivationFolder() {}

  /** The folder that the environment names, or {@code activations} in the home; absolute. */
  public static Path ofThisProcess() {
    return of(System.getenv(), HomeFolder.ofThisProcess());
  }

  static Path of(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault(VARIABLE, "");
    return (named.isBlank() ? home.resolve("activations") : Path.of(named))
        .toAbsolutePath()
        .normalize();
  }
}
