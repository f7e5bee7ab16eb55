package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an export wrote, each byte as a character, without the manifest: that tells the time. */
public final class ExportedFiles {
  private ExportedFiles() {}

  public static SortedMap<String, List<String>> in(Path folder) throws IOException {
    SortedMap<String, List<String>> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        String name = path.getFileName().toString();
        if (!name.equals("run_manifest.json")) {
          files.put(name, Files.readAllLines(path, ISO_8859_1));
        }
      }
    }
    return files;
  }
}
