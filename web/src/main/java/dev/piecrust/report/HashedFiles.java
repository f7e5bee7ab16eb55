package dev.piecrust.report;

import dev.piecrust.artifact.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  public void add(String name, ExportPart.Text text) throws IOException {
    MessageDigest digest = Sha256.digest();
    files.add(name, out -> text.writeTo(new Teed(out, digest)));
    sha256.put(name, HexFormat.of().formatHex(digest.digest()));
  }

  /** By file name. */
  SortedMap<String, String> sha256() {
    return Collections.unmodifiableSortedMap(sha256);
  }

  private record Teed(Appendable out, MessageDigest digest) implements Appendable {
    @Override
    public Appendable append(CharSequence text) throws IOException {
      out.append(text);
      digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
      return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
      return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) throws IOException {
      return append(Character.toString(c));
    }
  }
}
