package dev.piecrust.report.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

/** The versions that the build writes down: the program's own, and of what it serves. */
public final class BuildVersion {
  private BuildVersion() {}

  public static String read() {
    return Objects.requireNonNull(properties().get("version"));
  }

  /** By name: {@code version} of the program, {@code echarts}, {@code htmx}. */
  public static Map<String, String> properties() {
    try (InputStream in =
        Objects.requireNonNull(BuildVersion.class.getResourceAsStream("version.properties"))) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toMap(name -> name, properties::getProperty));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
