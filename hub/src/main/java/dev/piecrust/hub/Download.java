package dev.piecrust.hub;

import dev.piecrust.campaign.HubRef;
import java.nio.file.Path;
import java.util.List;

/**
 * What has to be downloaded of a repository.
 *
 * @param ref pinned to a commit
 * @param needed all files, downloaded or not
 * @param missing those that are not there
 * @param arrived bytes of these that an earlier attempt has brought
 * @param folder where all will be
 */
public record Download(
    HubRef ref, List<HubFile> needed, List<HubFile> missing, long arrived, Path folder) {
  public Download {
    needed = List.copyOf(needed);
    missing = List.copyOf(missing);
  }

  /** Of all files. */
  public long bytes() {
    return sum(needed);
  }

  /** Of the files that are not there. */
  long missingBytes() {
    return sum(missing);
  }

  /** That have yet to come over the network. */
  public long remainingBytes() {
    return missingBytes() - arrived;
  }

  private static long sum(List<HubFile> files) {
    return files.stream().mapToLong(HubFile::size).sum();
  }
}
