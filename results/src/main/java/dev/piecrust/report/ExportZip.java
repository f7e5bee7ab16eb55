package dev.piecrust.report;

import dev.piecrust.failure.DiskFailures;
import dev.piecrust.report.file.ExportFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes an export as a ZIP archive; the same results give the same bytes. */
final class ExportZip {
  /** The same for every file, because a clock would make archives differ. */
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private ExportZip() {}

  /** An archive in a file of its own, which is gone when the stream is closed. */
  static InputStream open(ExportWriter writer) {
    try {
      Path folder = Files.createTempDirectory("piecrust-export");
      Path file = Files.createTempFile("piecrust-export", ".zip");
      ExportFiles files = new ExportFiles(folder);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        writer.write(files);
        write(out, folder, files.names());
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      } finally {
        files.discard();
      }
      return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw DiskFailures.of(
          "the export could not be written to " + System.getProperty("java.io.tmpdir"),
          "ask for it again",
          e);
    }
  }

  private static void write(OutputStream out, Path folder, List<String> names) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    for (String name : names) {
      ZipEntry entry = new ZipEntry(name);
      entry.setTimeLocal(TIME);
      zip.putNextEntry(entry);
      Files.copy(folder.resolve(name), zip);
      zip.closeEntry();
    }
    zip.finish();
  }
}
