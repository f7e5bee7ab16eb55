package dev.piecrust.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Files and folders that their owner alone can use, where the system knows of such. */
final class PrivateFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private PrivateFiles() {}

  /** Makes a folder where it is missing; those that it is in are made as is usual. */
  static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(folder, attributes("rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) { // else another process was first
        throw e;
      }
    }
  }

  /** For a new file that its owner alone may read. */
  static FileAttribute<?>[] ownerOnly() {
    return attributes("rw-------");
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Takes from others what they may do with a folder that exists already and what is in it. Where
   * the folder is closed already nobody gets to what is below, and only what lies in it directly is
   * looked at: an artifact store may have a million files.
   */
  static void close(Path folder) {
    if (!POSIX || !Files.isDirectory(folder)) {
      return;
    }
    int depth = isClosed(folder) ? 1 : Integer.MAX_VALUE;
    try (Stream<Path> files = Files.walk(folder, depth)) {
      files.forEach(PrivateFiles::closeOne);
    } catch (IOException | UncheckedIOException changedMeanwhile) {
      return; // another process of this user makes and deletes files here
    }
  }

  private static boolean isClosed(Path file) {
    try {
      return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
          .noneMatch(OF_OTHERS::contains);
    } catch (IOException gone) {
      return true;
    }
  }

  private static void closeOne(Path file) {
    if (Files.isSymbolicLink(file) || isClosed(file)) {
      return;
    }
    try {
      Set<PosixFilePermission> own = EnumSet.noneOf(PosixFilePermission.class);
      own.addAll(Files.getPosixFilePermissions(file));
      own.removeAll(OF_OTHERS);
      Files.setPosixFilePermissions(file, own);
    } catch (IOException notOurs) {
      return; // whoever owns it, such as a cluster's volume, decides who may use it
    }
  }
}
