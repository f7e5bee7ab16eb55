package dev.piecrust.report;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.io.BufferedOutputStream;
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
        (unfinished, names) ->
            writer.write(
                (name, content) -> {
                  names.add(name);
                  try (OutputStream out =
                      new BufferedOutputStream(Files.newOutputStream(unfinished.resolve(name)))) {
                    content.writeTo(out);
                  }
                }));
  }

  /** Unpacks an export that came as a ZIP archive. */
  public static void unpack(InputStream zip, Path folder) {
    fill(
        folder,
        (unfinished, names) -> {
          ZipInputStream in = new ZipInputStream(zip);
          for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            if (!entry.getName().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
              throw new IOException("the archive holds a file of a strange name");
            }
            names.add(entry.getName());
            Files.copy(in, unfinished.resolve(entry.getName()));
          }
          zip.transferTo(OutputStream.nullOutputStream()); // one that is cut off fails here
        });
  }

  @FunctionalInterface
  private interface Filling {
    void into(Path unfinished, List<String> names) throws IOException;
  }

  private static void fill(Path folder, Filling filling) {
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.getParent() == null ? target : target.getParent();
    try {
      Files.createDirectories(target);
      Path unfinished = Files.createTempDirectory(parent, ".export");
      List<String> names = new ArrayList<>();
      try {
        filling.into(unfinished, names);
        for (String name : names) {
          Files.move(
              unfinished.resolve(name),
              target.resolve(name),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
        }
      } finally {
        discard(unfinished, names);
      }
    } catch (FileAlreadyExistsException e) {
      throw user("%s is a file, expected a folder for the export", target);
    } catch (IOException e) {
      throw PieCrustException.external(
          "the export could not be written to %s: %s".formatted(target, e), e);
    }
  }

  private static void discard(Path unfinished, List<String> names) throws IOException {
    for (String name : names) {
      Files.deleteIfExists(unfinished.resolve(name));
    }
    Files.deleteIfExists(unfinished);
  }
}
