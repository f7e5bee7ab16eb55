package dev.piecrust.report;

import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes an export as a ZIP archive; the same results give the same bytes. */
final class ExportZip {
  /** The same for every file, because a clock would make archives differ. */
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private ExportZip() {}

  static void write(OutputStream out, ExportWriter writer) {
    try {
      ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
      writer.write(
          (name, content) -> {
            ZipEntry entry = new ZipEntry(name);
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            content.writeTo(zip);
            zip.closeEntry();
          });
      zip.finish();
    } catch (IOException e) {
      throw PieCrustException.external("the export could not be sent: " + e, e);
    }
  }
}
