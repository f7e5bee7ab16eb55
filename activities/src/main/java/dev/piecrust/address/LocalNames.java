package dev.piecrust.address;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names under which a machine reaches itself alone. */
public final class LocalNames {
  private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "::1", "[::1]");
  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:]*)(:\\d+)?");

  private LocalNames() {}

  /** Whether a host, an address or an interface is this machine's own. */
  public static boolean contain(String host) {
    return NAMES.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * An address to which a secret may be sent: https, or http to this machine itself.
   *
   * @return empty for any other text
   */
  public static Optional<URI> trusted(String address) {
    try {
      URI uri = URI.create(address);
      String host = Optional.ofNullable(uri.getHost()).orElse("");
      boolean sealed = "https".equals(uri.getScheme());
      boolean here = "http".equals(uri.getScheme()) && contain(host);
      return host.isEmpty() || !(sealed || here) ? Optional.empty() : Optional.of(uri);
    } catch (IllegalArgumentException noUri) {
      return Optional.empty();
    }
  }

  /** Whether a host, with or without a port, is this machine. */
  public static boolean containAuthority(String authority) {
    Matcher parts = AUTHORITY.matcher(authority);
    return parts.matches() && contain(parts.group(1));
  }
}
