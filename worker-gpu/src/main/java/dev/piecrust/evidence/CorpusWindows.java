package dev.piecrust.evidence;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.input.Sha256;
import dev.piecrust.model.Tokenizer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The windows of a corpus: each text in as few windows as its length needs, all about equally long,
 * and each begun by the model's BOS token.
 */
public final class CorpusWindows {
  private final List<int[]> windows;
  private final String sha256;

  private CorpusWindows(List<int[]> windows) {
    this.windows = List.copyOf(windows);
    MessageDigest digest = Sha256.digest();
    for (int[] window : windows) {
      ByteBuffer ids = ByteBuffer.allocate(4 * (window.length + 1)).putInt(window.length);
      Arrays.stream(window).forEach(ids::putInt);
      digest.update(ids.array());
    }
    this.sha256 = HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads the first windows of a corpus; one that is shorter gives what it has.
   *
   * @param tokens most tokens of a window, BOS included
   * @throws dev.piecrust.failure.PieCrustException of category user, naming file and line, where
   *     the corpus is missing, empty or not text
   */
  public static CorpusWindows read(Path file, Tokenizer tokenizer, int windows, int tokens) {
    List<int[]> read = new ArrayList<>();
    try (CorpusTexts texts = CorpusTexts.open(file)) {
      Optional<String> text = texts.next();
      while (text.isPresent() && read.size() < windows) {
        read.addAll(cut(text.get(), tokenizer, tokens));
        text = read.size() < windows ? texts.next() : text;
      }
    }
    if (read.isEmpty()) {
      throw user("corpus %s is empty, expected one text a line", file);
    }
    return new CorpusWindows(read.subList(0, Math.min(windows, read.size())));
  }

  private static List<int[]> cut(String text, Tokenizer tokenizer, int tokens) {
    int[] bos = tokenizer.bos().stream().toArray();
    int[] ids = tokenizer.encodeRaw(text);
    int from = ids.length > 0 && bos.length > 0 && ids[0] == bos[0] ? 1 : 0;
    int length = ids.length - from;
    int most = tokens - bos.length;
    int pieces = (length + most - 1) / most;
    List<int[]> windows = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      int first = from + (int) ((long) length * i / pieces);
      int last = from + (int) ((long) length * (i + 1) / pieces);
      windows.add(IntStream.concat(Arrays.stream(bos), Arrays.stream(ids, first, last)).toArray());
    }
    return windows;
  }

  /** How many there are. */
  public int size() {
    return windows.size();
  }

  /** The token ids of one; not to be changed. */
  public int[] get(int window) {
    return windows.get(window);
  }

  /** Of the token ids of all windows, hexadecimal. */
  public String sha256() {
    return sha256;
  }
}
