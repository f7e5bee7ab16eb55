package dev.piecrust.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cookie by which a browser is known again.
 *
 * @param name differs from secret to secret: cookies know no ports, and two programs of one machine
 *     must not take each other's away
 * @param value follows from the secret, and does not tell it
 */
record PageCookie(String name, String value) {
  private static final String PREFIX = "piecrust-";
  private static final int NAME_DIGITS = 8;

  static PageCookie of(String secret) {
    return new PageCookie(
        PREFIX + digest(secret, "name").substring(0, NAME_DIGITS), digest(secret, "value"));
  }

  /** Takes as long for a wrong value as for the right one. */
  boolean hasValue(String given) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  private static String digest(String secret, String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(("piecrust pages " + purpose).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java knows HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "PageCookie[" + name + "]";
  }
}
