package dev.piecrust.hub;

import dev.piecrust.failure.DiskFailures;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The disk that downloads go to. */
public final class HubDisk {
  private static final double GB = 1e9;
  private static final double MB = 1e6;

  private HubDisk() {}

  /** What is free where a folder is, or will be made. */
  public static long free(Path folder) {
    Path there = folder.toAbsolutePath();
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw PieCrustException.external(there + " cannot be looked at", e);
    }
  }

  /** Refuses, as a resources failure and before anything is downloaded, what would not fit. */
  static void require(String what, long bytes, Path folder, long free) {
    Optional<String> shortage = shortage(what, bytes, folder, free);
    if (shortage.isPresent()) {
      throw PieCrustException.resources("%s", shortage.get());
    }
  }

  /** Why a download does not fit, and what to do; empty where it does. */
  public static Optional<String> shortage(String what, long bytes, Path folder, long free) {
    return bytes > free
        ? Optional.of(
            "%s: %s are to be downloaded, and %s has %s free; make room there, or let HF_HUB_CACHE"
                    .formatted(what, readable(bytes), folder, readable(free))
                + " name a larger disk")
        : Optional.empty();
  }

  /** For people, in the units of disks and of the hub's pages. */
  public static String readable(long bytes) {
    return bytes >= GB
        ? String.format(Locale.ROOT, "%.1f GB", bytes / GB)
        : String.format(Locale.ROOT, "%.1f MB", bytes / MB);
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw failure(folder + " cannot be deleted", e);
    }
  }

  static PieCrustException failure(String what, IOException e) {
    return DiskFailures.of(what, "start again to go on", e);
  }
}
