package dev.piecrust.observe;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.Map;

/** How a process writes its log, by {@code PIECRUST_LOG_FORMAT}. */
public enum LogFormat {
  /** For people, into the log file of the home; errors alone on the console. */
  TEXT,

  /** One JSON object a line on the standard error, for containers; no file. */
  JSON;

  public static final String VARIABLE = "PIECRUST_LOG_FORMAT";

  /** By default {@code text}. */
  public static LogFormat of(Map<String, String> environment) {
    String name = environment.getOrDefault(VARIABLE, "");
    return switch (name) {
      case "", "text" -> TEXT;
      case "json" -> JSON;
      default -> throw user("%s is '%s', expected text or json", VARIABLE, name);
    };
  }

  /** The settings of the application that differ from the defaults. */
  public Map<String, String> settings() {
    return this == TEXT
        ? Map.of()
        : Map.of(
            "quarkus.log.console.json.enabled", "true",
            "quarkus.log.console.level", "INFO",
            "quarkus.log.file.enabled", "false");
  }
}
