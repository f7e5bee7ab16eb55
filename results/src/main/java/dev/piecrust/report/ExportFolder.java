package dev.piecrust.report;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.report.file.ExportFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fills a folder with the files of an export: all are written beside it first, then put in place
 * one by one, the manifest last. A reader sees old or new files, never half of one.
 */
public final class ExportFolder {
  private ExportFolder() {}

  static void fill(Path folder, ExportWriter writer) {
    fill(
        folder,
        files -> {
          writer.write(files);
          return files.names();
        });
  }

  /** Unpacks an export that came as a ZIP archive. */
  public static void unpack(InputStream zip, Path folder) {
    fill(
        folder,
        files -> {
          List<String> names = new ArrayList<>();
          ZipInputStream in = new ZipInputStream(zip);
          for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            if (!entry.getName().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
              throw new IOException("the archive holds a file of a strange name");
            }
            names.add(entry.getName());
            Files.copy(in, files.path(entry.getName()));
          }
          zip.transferTo(OutputStream.nullOutputStream()); // one that is cut off fails here
          return names;
        });
  }

  @FunctionalInterface
  private interface Filling {
    /** Returns the names of the files, in the order in which they are put in place. */
    List<String> into(ExportFiles files) throws IOException;
  }

  private static void fill(Path folder, Filling filling) {
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.getParent() == null ? target : target.getParent();
    try {
      Files.createDirectories(target);
      Path unfinished = Files.createTempDirectory(parent, ".export");
      ExportFiles files = new ExportFiles(unfinished);
      try {
        for (String name : filling.into(files)) {
          Files.move(
              unfinished.resolve(name),
              target.resolve(name),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
        }
      } finally {
        files.discard();
      }
    } catch (FileAlreadyExistsException e) {
      throw user("%s is a file, expected a folder for the export", target);
    } catch (IOException e) {
      throw PieCrustException.external(
          "the export could not be written to %s: %s".formatted(target, e), e);
    }
  }
}
