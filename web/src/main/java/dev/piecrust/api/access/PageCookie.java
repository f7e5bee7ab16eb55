package dev.piecrust.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.Cookie;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cookie by which a browser is known again, until it ends. Its value says when that is, and
 * follows from the secret without telling it.
 *
 * <p>Its name differs from secret to secret: cookies know no ports, and two programs of one machine
 * must not take each other's away.
 */
public final class PageCookie {
  /** A day's work; a browser that is left behind somewhere is a stranger's by the next. */
  public static final Duration LIFE = Duration.ofHours(12);

  private static final String PREFIX = "piecrust-";
  private static final int NAME_DIGITS = 8;
  private static final Pattern VALUE = Pattern.compile("(\\d{1,12})-([0-9a-f]{64})");

  private final String secret;

  private PageCookie(String secret) {
    this.secret = secret;
  }

  static PageCookie of(String secret) {
    return new PageCookie(secret);
  }

  /** Whether a cookie may be one of these, of this program or another. */
  public static boolean isOne(Cookie cookie) {
    return cookie.getName().startsWith(PREFIX);
  }

  public String name() {
    return PREFIX + digest("name").substring(0, NAME_DIGITS);
  }

  /** The value of a cookie that begins now. */
  public String value(Instant now) {
    return valueUntil(now.plus(LIFE).getEpochSecond());
  }

  private String valueUntil(long end) {
    return end + "-" + digest("value " + end);
  }

  /** Whether a value is of this secret and has not ended; takes as long where it is wrong. */
  boolean admits(String given, Instant now) {
    Matcher parts = VALUE.matcher(given);
    if (!parts.matches()) {
      return false;
    }
    long end = Long.parseLong(parts.group(1));
    return now.getEpochSecond() < end
        && MessageDigest.isEqual(given.getBytes(UTF_8), valueUntil(end).getBytes(UTF_8));
  }

  private String digest(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(("piecrust pages " + purpose).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java knows HmacSHA256", e);
    }
  }
}
