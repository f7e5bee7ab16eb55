package dev.piecrust.hub;

import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether a content is the one that the hub lists. */
final class Checksum {
  private static final int BUFFER = 1 << 20;

  private Checksum() {}

  static boolean matches(HubFile file, Path content) throws IOException {
    long size = Files.size(content);
    return size == file.size() && of(content, size, file.large()).equals(file.etag());
  }

  private static String of(Path content, long size, boolean large) throws IOException {
    MessageDigest digest = large ? Sha256.digest() : gitBlob(size);
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(content)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Git's name of a content begins with what it is and how long. */
  private static MessageDigest gitBlob(long size) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update("blob %d\0".formatted(size).getBytes(StandardCharsets.US_ASCII));
      return sha1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
