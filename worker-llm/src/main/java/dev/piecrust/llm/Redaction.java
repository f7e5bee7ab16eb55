package dev.piecrust.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a secret in what others wrote, and hides it: as it is, escaped for JSON, addresses or pages
 * (each of its characters or only some), in Base64 at any place of a longer text, and in
 * hexadecimal digits.
 */
public final class Redaction {
  /** Hides nothing. */
  public static final Redaction NONE = new Redaction(List.of());

  /** What is shorter is no key, and would be found in ordinary words. */
  private static final int SHORTEST = 6;

  private static final String HIDDEN = "…";
  private static final int GROUP_BYTES = 3;

  /** Characters of the first group that depend on what stands before, by the bytes of that. */
  private static final List<Integer> UNKNOWN_AT_FIRST = List.of(0, 2, 3);

  private static final Map<Character, String> NAMED =
      Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"', "&quot;", '\'', "&apos;");

  private final List<Pattern> forms;

  private Redaction(List<Pattern> forms) {
    this.forms = forms;
  }

  /** Of one secret. */
  public static Redaction of(String secret) {
    if (secret.length() < SHORTEST) {
      return NONE;
    }
    List<Pattern> forms = new ArrayList<>();
    forms.add(escaped(secret));
    byte[] bytes = secret.getBytes(UTF_8);
    for (int before = 0; before < GROUP_BYTES; before++) {
      forms.add(escaped(base64(bytes, before)));
    }
    forms.add(Pattern.compile(HexFormat.of().formatHex(bytes), Pattern.CASE_INSENSITIVE));
    return new Redaction(List.copyOf(forms));
  }

  /** The text without it. */
  public String hide(String text) {
    String shown = text;
    for (Pattern form : forms) {
      shown = form.matcher(shown).replaceAll(Matcher.quoteReplacement(HIDDEN));
    }
    return shown;
  }

  /**
   * The digits that the secret alone decides, where so many bytes more stand in its first group.
   */
  private static String base64(byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String digits = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int known = shifted.length * Byte.SIZE / 6;
    return digits.substring(UNKNOWN_AT_FIRST.get(before), known);
  }

  private static Pattern escaped(String text) {
    StringBuilder pattern = new StringBuilder();
    text.chars().forEach(c -> pattern.append(oneOf((char) c)));
    return Pattern.compile(pattern.toString());
  }

  /** A character in any of its forms; those of Base64 in both of its alphabets. */
  private static String oneOf(char c) {
    String literal =
        switch (c) {
          case '+', '-' -> "[+\\- ]";
          case '/', '_' -> "\\\\?[/_]";
          case '"', '\\', '\'' -> "\\\\*" + Pattern.quote(String.valueOf(c));
          default -> Pattern.quote(String.valueOf(c));
        };
    String hex = "%02x".formatted((int) c);
    String anyCase = "(?i:%s)".formatted(hex);
    String named = NAMED.containsKey(c) ? "|" + NAMED.get(c) : "";
    return String.format(
        Locale.ROOT,
        "(?:%s|%%(?:25)*%s|\\\\+u00%s|\\\\+x%s|&#%d;|&#[xX]0*%s;%s)",
        literal,
        anyCase,
        anyCase,
        anyCase,
        (int) c,
        anyCase,
        named);
  }
}
