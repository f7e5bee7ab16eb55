package dev.piecrust.report;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** Hands files on and remembers the SHA-256 of each. */
final class HashedFiles implements ExportFiles {
  private final ExportFiles files;
  private final TreeMap<String, String> sha256 = new TreeMap<>();

  HashedFiles(ExportFiles files) {
    this.files = files;
  }

  @Override
  public void addBytes(String name, ArtifactStore.Content content) throws IOException {
    MessageDigest digest = Sha256.digest();
    files.addBytes(name, out -> content.writeTo(new DigestOutputStream(out, digest)));
    sha256.put(name, HexFormat.of().formatHex(digest.digest()));
  }

  /** By file name. */
  SortedMap<String, String> sha256() {
    return Collections.unmodifiableSortedMap(sha256);
  }
}
