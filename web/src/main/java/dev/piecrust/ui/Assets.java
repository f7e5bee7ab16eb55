package dev.piecrust.ui;

import dev.piecrust.input.Sha256;
import dev.piecrust.report.file.BuildVersion;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses of style sheets and scripts, which change with their content. */
@Singleton
public class Assets {
  private static final int MARK = 12;

  private final Map<String, String> addresses = new ConcurrentHashMap<>();
  private final Map<String, String> versions = BuildVersion.properties();

  /** The address of one of the program's own files, such as {@code app.css}. */
  public String of(String name) {
    return addresses.computeIfAbsent(
        name,
        file -> "/assets/%s?v=%s".formatted(file, hash("/META-INF/resources/assets/" + file)));
  }

  public String htmx() {
    return "/webjars/htmx.org/%s/dist/htmx.min.js".formatted(versions.get("htmx"));
  }

  /** ECharts' build of the usual charts, two thirds of the whole. */
  public String echarts() {
    return "/_static/echarts/%s/dist/echarts.common.min.js".formatted(versions.get("echarts"));
  }

  private static String hash(String resource) {
    try (InputStream in = Objects.requireNonNull(Assets.class.getResourceAsStream(resource))) {
      return HexFormat.of().formatHex(Sha256.digest().digest(in.readAllBytes())).substring(0, MARK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
