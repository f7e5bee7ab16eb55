package dev.piecrust.hub;

import java.nio.file.Path;
import java.util.Optional;

/** Where the files of a repository at a commit are put. */
interface HubFolder {
  /** The folder that holds them under their names. */
  Path path();

  /** Whether a file is there; a content that is there without its name is given it. */
  boolean has(HubFile file);

  /** Where a file is while it arrives; its content decides the name, so that nothing is mixed. */
  Path partial(HubFile file);

  /** Makes what has arrived, and was checked, the file. */
  void keep(HubFile file);

  /** Keeps others from the same content; empty while one of them has it. */
  Optional<BlobLock> lock(HubFile file);

  /** Called when all files are there. */
  default void finish() {}
}
