package dev.piecrust.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this program, which the build writes down. */
final class BuildVersion {
  private BuildVersion() {}

  static String read() {
    try (InputStream in =
        Objects.requireNonNull(BuildVersion.class.getResourceAsStream("version.properties"))) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
