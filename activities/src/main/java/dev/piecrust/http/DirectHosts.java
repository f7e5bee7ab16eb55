package dev.piecrust.http;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.IpLiterals;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that are asked without a proxy: a name stands for what is below it too, {@code *} for all,
 * {@code 10.0.0.0/8} for a network; a port may follow a name or an address.
 *
 * @param rules whether an address is one of them
 */
record DirectHosts(List<Predicate<URI>> rules) {
  private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");
  private static final Pattern NETWORK = Pattern.compile("([^/]+)/(\\d{1,3})");
  private static final Pattern HOST =
      Pattern.compile("(?:\\*?\\.)?(\\[[^\\[\\]]+]|[^:/*\\[\\]]+)(?::(\\d{1,5}))?");

  DirectHosts {
    rules = List.copyOf(rules);
  }

  /** With commas or spaces between; a user error for what is none of these. */
  static DirectHosts of(String variable, String text) {
    List<Predicate<URI>> rules = new ArrayList<>();
    for (String item : BETWEEN.split(text.toLowerCase(Locale.ROOT))) {
      if (!item.isEmpty()) {
        rules.add(
            rule(item)
                .orElseThrow(
                    () ->
                        user(
                            "%s has '%s', expected hosts and networks with commas between, such as"
                                + " lab.example,10.0.0.0/8",
                            variable, item)));
      }
    }
    return new DirectHosts(rules);
  }

  boolean contain(URI address) {
    return rules.stream().anyMatch(rule -> rule.test(address));
  }

  private static Optional<Predicate<URI>> rule(String item) {
    if (item.equals("*")) {
      return Optional.of(address -> true);
    }
    Matcher network = NETWORK.matcher(item);
    if (network.matches()) {
      int bits = Integer.parseInt(network.group(2));
      return IpLiterals.read(network.group(1))
          .filter(base -> bits <= Byte.SIZE * base.getAddress().length)
          .map(
              base -> address -> IpLiterals.read(host(address)).filter(in(base, bits)).isPresent());
    }
    if (IpLiterals.read(item).isPresent()) {
      return Optional.of(address -> IpLiterals.read(host(address)).equals(IpLiterals.read(item)));
    }
    Matcher host = HOST.matcher(item);
    return host.matches()
        ? Optional.of(named(host.group(1), Optional.ofNullable(host.group(2))))
        : Optional.empty();
  }

  private static Predicate<URI> named(String name, Optional<String> port) {
    return address -> {
      String host = host(address);
      return (host.equals(name) || host.endsWith("." + name))
          && port.filter(wanted -> Integer.parseInt(wanted) != port(address)).isEmpty();
    };
  }

  private static Predicate<InetAddress> in(InetAddress base, int bits) {
    return address ->
        address.getAddress().length == base.getAddress().length
            && prefix(address, bits).equals(prefix(base, bits));
  }

  private static BigInteger prefix(InetAddress address, int bits) {
    byte[] bytes = address.getAddress();
    return new BigInteger(1, bytes).shiftRight(Byte.SIZE * bytes.length - bits);
  }

  private static String host(URI address) {
    return Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
  }

  private static int port(URI address) {
    int usual = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    return address.getPort() == -1 ? usual : address.getPort();
  }
}
