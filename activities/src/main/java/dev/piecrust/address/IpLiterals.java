package dev.piecrust.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts that are written as addresses; names are never looked up. */
public final class IpLiterals {
  private static final Pattern FOUR_BYTES =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern SIXTEEN_BYTES = Pattern.compile("[0-9a-f.]*:[0-9a-f:.]+");

  /**
   * What some resolvers take for an address: {@code 0x7f.1}, {@code 2130706433}, {@code 0177.1}.
   */
  private static final Pattern NUMBERS =
      Pattern.compile("(?:(?:0x[0-9a-f]*|\\d+)\\.)*(?:0x[0-9a-f]*|\\d+)\\.?");

  private static final Pattern LEADING_ZERO = Pattern.compile("(?:.*\\.)?0\\d.*");

  private IpLiterals() {}

  /** The address that a host is, with or without brackets. */
  public static Optional<InetAddress> read(String host) {
    String bare = host.replaceFirst("^\\[(.*)]$", "$1").toLowerCase(Locale.ROOT);
    if (!FOUR_BYTES.matcher(bare).matches() && !SIXTEEN_BYTES.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a host is made of numbers and yet no address in the usual form, so that programs differ
   * in what they take it for.
   */
  public static boolean odd(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return NUMBERS.matcher(lower).matches()
        && (!FOUR_BYTES.matcher(lower).matches() || LEADING_ZERO.matcher(lower).matches());
  }
}
