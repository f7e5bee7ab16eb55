package dev.piecrust.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with the files of a repository as they begin: small ones whole, and of weights the
 * headers, with holes as long as the weights are. Shapes can be read from it as from the whole; it
 * goes away when it is closed.
 */
public final class HeaderFolder implements AutoCloseable {
  private final Path root;
  private final Path path;
  private final boolean ours;

  private HeaderFolder(Path root, String folder, boolean ours) {
    this.root = root;
    this.path = root.resolve(folder);
    this.ours = ours;
  }

  /** A folder that has everything, and stays. */
  static HeaderFolder there(Path folder) {
    return new HeaderFolder(folder, "", false);
  }

  static HeaderFolder of(Download plan, Hub hub) {
    HeaderFolder folder = new HeaderFolder(temporary(), plan.ref().folder(), true);
    try {
      for (HubFile file : plan.needed().stream().filter(HubPart::tellsTheShape).toList()) {
        folder.add(plan, file, hub);
      }
      return folder;
    } catch (IOException e) {
      folder.close();
      throw HubDisk.failure(folder.root + " cannot be written", e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("piecrust-hub-");
    } catch (IOException e) {
      throw HubDisk.failure("the folder of temporary files cannot be written", e);
    }
  }

  /** Whether everything is in it, and not only what tells the shape. */
  public boolean whole() {
    return !ours;
  }

  /** Where it is; not there any more once this is closed, unless everything had been downloaded. */
  public Path path() {
    return path;
  }

  private void add(Download plan, HubFile file, Hub hub) throws IOException {
    Path target = root.resolve(file.path());
    Files.createDirectories(target.resolveSibling("."));
    if (!plan.missing().contains(file)) {
      Files.createSymbolicLink(target, plan.folder().resolve(file.path()));
    } else if (file.path().endsWith(HubPart.WEIGHTS)) {
      SparseCopy.safetensors(target, plan.ref(), file, hub);
    } else if (!file.path().endsWith(HubPart.ARRAYS)
        || !SparseCopy.arrays(target, plan.ref(), file, hub)) {
      Files.createSymbolicLink(target, hub.content(plan.ref(), file));
    }
  }

  @Override
  public void close() {
    if (ours) {
      HubDisk.delete(root);
    }
  }
}
