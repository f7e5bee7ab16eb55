package dev.piecrust.http;

import static dev.piecrust.failure.PieCrustException.user;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.piecrust.failure.PieCrustException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy, and who asks it.
 *
 * @param address not resolved
 * @param authorization the value of {@code Proxy-Authorization}
 */
record ProxyAddress(InetSocketAddress address, Optional<String> authorization) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?i:http://)?(?:(?<who>[^/]*)@)?(?<host>\\[[0-9A-Fa-f:.]+]|[^\\s:/@\\[\\]]+)"
              + "(?::(?<port>\\d{1,5}))?/?");
  private static final Pattern WHO = Pattern.compile("^((?:\\w+://)?).*@");

  /** What the hub's other tools take for a proxy without a port. */
  private static final int USUAL_PORT = 80;

  private static final int LAST_PORT = 65_535;

  /**
   * {@code [http://][USER:PASSWORD@]HOST[:PORT]}, with {@code %40} and the like in the password; a
   * user error for another text.
   */
  static ProxyAddress of(String variable, String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw refusal(variable, text);
    }
    String port = parts.group("port");
    int number = port == null ? USUAL_PORT : Integer.parseInt(port);
    if (number == 0 || number > LAST_PORT) {
      throw refusal(variable, text);
    }
    try {
      return new ProxyAddress(
          InetSocketAddress.createUnresolved(parts.group("host"), number),
          Optional.ofNullable(parts.group("who")).map(ProxyAddress::basic));
    } catch (IllegalArgumentException e) { // no two digits after a %
      throw refusal(variable, text);
    }
  }

  private static String basic(String who) {
    String plain = URLDecoder.decode(who.replace("+", "%2B"), UTF_8);
    String both = plain.contains(":") ? plain : plain + ":";
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
  }

  /** Without the password, and without a cause that would show it. */
  private static PieCrustException refusal(String variable, String text) {
    return user(
        "%s is '%s', expected http://HOST:PORT or http://USER:PASSWORD@HOST:PORT",
        variable, WHO.matcher(text).replaceFirst("$1…@"));
  }

  /** The address alone. */
  @Override
  public String toString() {
    return address.toString();
  }
}
