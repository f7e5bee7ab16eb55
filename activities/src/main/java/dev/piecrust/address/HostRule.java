package dev.piecrust.address;

import static dev.piecrust.failure.PieCrustException.user;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that a variable allows: {@code llm.example}, {@code llm.example:8000}, {@code
 * *.lab.example} for all below a name, or an address.
 *
 * @param host in small letters, without brackets
 * @param below whether what is below it is meant, and not itself
 * @param port absent for any
 */
public record HostRule(String host, boolean below, Optional<Integer> port) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(\\*\\.)?(\\[[0-9a-f:.]+]|[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*|[a-z0-9_.-]+)(?::(\\d{1,5}))?");

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Reads one; a user error for what is none. */
  static HostRule of(String variable, String text) {
    Matcher parts = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw user(
          "%s has '%s', expected hosts with commas between, such as llm.example,*.lab.example:8000",
          variable, text);
    }
    return new HostRule(
        bare(parts.group(2)),
        parts.group(1) != null,
        Optional.ofNullable(parts.group(3)).map(Integer::valueOf));
  }

  /** Whether it allows this address. */
  boolean test(URI address) {
    return atPort(address)
        && (below ? host(address).endsWith("." + host) : isItself(host(address)));
  }

  /** Whether it allows this address, and no others. */
  boolean names(URI address) {
    return !below && test(address);
  }

  private boolean isItself(String other) {
    Optional<InetAddress> address = IpLiterals.read(host);
    return host.equals(other) || (address.isPresent() && address.equals(IpLiterals.read(other)));
  }

  private boolean atPort(URI address) {
    int usual = "https".equalsIgnoreCase(address.getScheme()) ? HTTPS : HTTP;
    int there = address.getPort() == -1 ? usual : address.getPort();
    return port.filter(wanted -> wanted != there).isEmpty();
  }

  private static String host(URI address) {
    return bare(Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT));
  }

  private static String bare(String host) {
    return host.replaceFirst("^\\[(.*)]$", "$1").replaceFirst("\\.$", "");
  }

  /** As it is written. */
  @Override
  public String toString() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return (below ? "*." : "") + name + port.map(number -> ":" + number).orElse("");
  }
}
