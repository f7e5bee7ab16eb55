package dev.piecrust.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is behind an address, as far as it can be told from it. */
enum Reach {
  /** A machine like any other. */
  ELSEWHERE,
  /** This machine itself. */
  HERE,
  /**
   * Where a cloud tells its machines their credentials, or what only this machine's own link
   * reaches.
   */
  CLOUD;

  private static final Set<String> CLOUD_NAMES =
      Set.of(
          "metadata",
          "metadata.google.internal",
          "metadata.goog",
          "metadata.azure.internal",
          "instance-data",
          "instance-data.ec2.internal");

  /** Of AWS and Google in IPv6, of Alibaba, of Oracle, and Azure's host. */
  private static final List<String> CLOUD_ADDRESSES =
      List.of(
          "fd00:ec2::254",
          "fd00:ec2::23",
          "fd20:ce::254",
          "100.100.100.200",
          "192.0.0.192",
          "168.63.129.16");

  private static final int IPV4_BYTES = 4;

  /** By its name alone; an address as {@link #of(InetAddress)} has it. */
  static Reach named(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (CLOUD_NAMES.contains(name)) {
      return CLOUD;
    }
    if (LocalNames.contain(name) || name.endsWith(".localhost")) {
      return HERE;
    }
    return IpLiterals.read(withoutZone(name)).map(Reach::of).orElse(ELSEWHERE);
  }

  private static String withoutZone(String host) {
    return host.replaceFirst("%[^\\]]*", "");
  }

  static Reach of(InetAddress address) {
    InetAddress inner = embedded(address).orElse(address);
    if (inner.isLoopbackAddress() || inner.isAnyLocalAddress() || isThisNetwork(inner)) {
      return HERE;
    }
    boolean cloud =
        inner.isLinkLocalAddress()
            || inner.isMulticastAddress()
            || CLOUD_ADDRESSES.stream()
                .flatMap(known -> IpLiterals.read(known).stream())
                .anyMatch(inner::equals);
    return cloud ? CLOUD : ELSEWHERE;
  }

  /** 0.0.0.0/8, which Linux takes for this machine. */
  private static boolean isThisNetwork(InetAddress address) {
    return address instanceof Inet4Address && address.getAddress()[0] == 0;
  }

  /** The IPv4 address in one of IPv6 that leads to it: compatible, mapped, NAT64 or 6to4. */
  private static Optional<InetAddress> embedded(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return Optional.empty();
    }
    byte[] bytes = address.getAddress();
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean nat64 =
        startsWith(bytes, new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0});
    boolean zeros = startsWith(bytes, new byte[10]) && !address.isLoopbackAddress();
    boolean unspecified = address.isAnyLocalAddress();
    if (sixToFour) {
      return ipv4(Arrays.copyOfRange(bytes, 2, 2 + IPV4_BYTES));
    }
    return nat64 || (zeros && !unspecified)
        ? ipv4(Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length))
        : Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, byte[] beginning) {
    return Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
  }

  private static Optional<InetAddress> ipv4(byte[] bytes) {
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
