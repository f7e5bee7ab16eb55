package dev.piecrust.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;

/** Makes hostile files of good ones: the same seed makes the same file. */
final class Mutations {
  /** What broke a reader once, or could. Every fault that is found adds a line. */
  private static final List<String> PIECES =
      List.of(
          "",
          "null",
          "NaN",
          "Infinity",
          "-1",
          "1e999",
          "99999999999999999999999999",
          "-9223372036854775808",
          "2147483648",
          "0.5",
          "true",
          "\"\"",
          "[]",
          "{}",
          "[1, [2, {\"a\": null}]]",
          "\"\\u0000\\ud800\"",
          "\u0000",
          "\u001b[2J\u202e",
          "\uFEFF",
          "\r\n\r",
          "\t",
          "&a [*a, *a]",
          "&a {b: *a}",
          "<<: {kind: file}",
          "!!java.net.URL [\"http://localhost\"]",
          "!!binary x",
          "2001-99-99",
          "? [a]",
          "---\n",
          "*nowhere",
          "../../../../etc/passwd",
          "/dev/zero",
          "hf://a/b@..%2f",
          """
          a: &x [1,1,1,1,1,1,1,1]
          b: &y [*x,*x,*x,*x,*x,*x,*x,*x]
          c: [*y,*y,*y,*y,*y,*y,*y,*y]
          """,
          "[".repeat(20_000),
          "{\"a\":".repeat(5_000),
          "- ".repeat(2_000),
          "\"" + "x".repeat(300_000) + "\"",
          "9".repeat(20_000),
          ",".repeat(20_000),
          "\n".repeat(20_000),
          "'");

  private final SplittableRandom random;

  Mutations(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The content, changed in one to four places. */
  byte[] of(byte[] content) {
    byte[] changed = content;
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      changed = once(changed);
    }
    return changed;
  }

  private byte[] once(byte[] content) {
    int from = random.nextInt(content.length + 1);
    int to = Math.min(content.length, from + random.nextInt(12));
    return switch (random.nextInt(8)) {
      case 0 -> splice(content, from, to, new byte[0]);
      case 1 -> splice(content, from, from, bytes(1 + random.nextInt(8)));
      case 2 -> splice(content, from, content.length, new byte[0]);
      case 3 -> splice(content, from, from, slice(content));
      case 4, 5 -> inPlaceOfAValue(content, from);
      default -> splice(content, from, to, piece());
    };
  }

  /** A number, text or word is exchanged as a whole, so that the rest can still be read. */
  private byte[] inPlaceOfAValue(byte[] content, int near) {
    int from = near;
    while (from < content.length && !starts(content[from])) {
      from++;
    }
    int to = from;
    while (to < content.length && starts(content[to])) {
      to++;
    }
    return splice(content, from, to, piece());
  }

  private static boolean starts(byte b) {
    return b == '.' || b == '-' || b == '_' || b == '"' || Character.isLetterOrDigit(b);
  }

  private byte[] piece() {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
  }

  private byte[] slice(byte[] content) {
    int from = random.nextInt(content.length + 1);
    int to = Math.min(content.length, from + random.nextInt(200));
    return java.util.Arrays.copyOfRange(content, from, to);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] splice(byte[] content, int from, int to, byte[] piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(content, 0, from);
    out.writeBytes(piece);
    out.write(content, to, content.length - to);
    return out.toByteArray();
  }
}
