package dev.piecrust.serve;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The proxies whose word is taken for where a request comes from, by which host and whether over
 * TLS ({@code X-Forwarded-For}, {@code -Host}, {@code -Proto}): {@code PIECRUST_PROXY}. From any
 * other address these headers say nothing.
 *
 * @param addresses of proxies, or ranges such as {@code 10.0.0.0/8}; none by default
 */
public record TrustedProxies(List<String> addresses) {
  public static final String VARIABLE = "PIECRUST_PROXY";

  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]+(/\\d{1,3})?");
  private static final String SETTINGS = "quarkus.http.proxy.";

  public TrustedProxies {
    addresses = List.copyOf(addresses);
    for (String address : addresses) {
      if (!ADDRESS.matcher(address).matches()) {
        throw user(
            "%s names '%s', expected addresses or ranges, such as 127.0.0.1,10.0.0.0/8",
            VARIABLE, address);
      }
    }
  }

  static TrustedProxies of(Map<String, String> environment) {
    return new TrustedProxies(
        Arrays.stream(environment.getOrDefault(VARIABLE, "").split(",", -1))
            .map(String::strip)
            .filter(address -> !address.isEmpty())
            .toList());
  }

  /** The same as settings of the application. */
  Map<String, String> settings() {
    return addresses.isEmpty()
        ? Map.of()
        : Map.of(
            SETTINGS + "proxy-address-forwarding", "true",
            SETTINGS + "allow-forwarded", "false",
            SETTINGS + "allow-x-forwarded", "true",
            SETTINGS + "enable-forwarded-host", "true",
            SETTINGS + "trusted-proxies", String.join(",", addresses));
  }
}
