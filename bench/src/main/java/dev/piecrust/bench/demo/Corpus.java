package dev.piecrust.bench.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes windows as text, one JSON object {@code {"text": …}} a line, gzipped. */
final class Corpus {
  private Corpus() {}

  static void write(WindowStream windows, int count, Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), UTF_8))) {
      for (int i = 0; i < count; i++) {
        out.write(json.writeValueAsString(Map.of("text", windows.text(windows.next()))));
        out.write('\n');
      }
    }
  }
}
