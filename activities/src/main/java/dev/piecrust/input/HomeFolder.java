package dev.piecrust.input;

import java.nio.file.Path;
import java.util.Map;

/** The folder where everything lives that outlasts a run, which need not be there. */
public final class HomeFolder {
  /** Name of the environment variable. */
  public static final String VARIABLE = "PIECRUST_HOME";

  /** The system property that comes before it. */
  public static final String PROPERTY = "piecrust.home";

  private HomeFolder() {}

  /** The one that the system property, the environment or the default names. */
  public static Path ofThisProcess() {
    return of(System.getenv(), System.getProperty(PROPERTY, ""), System.getProperty("user.home"));
  }

  /**
   * The same.
   *
   * @param property value of the system property; blank where there is none
   * @param userHome where {@code .piecrust} is the default
   */
  public static Path of(Map<String, String> environment, String property, String userHome) {
    if (!property.isBlank()) {
      return Path.of(property);
    }
    String variable = environment.getOrDefault(VARIABLE, "");
    return variable.isBlank() ? Path.of(userHome, ".piecrust") : Path.of(variable);
  }
}
