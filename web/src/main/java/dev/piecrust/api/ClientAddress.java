package dev.piecrust.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Tells clients apart, by where they are. */
final class ClientAddress {
  /** A machine or a home usually has such a block of IPv6 addresses to itself. */
  private static final int BLOCK_BYTES = 8;

  private ClientAddress() {}

  /**
   * Where a request comes from. Behind a trusted proxy that is the address that the proxy itself
   * saw: the last of {@code X-Forwarded-For}, for what stands before it the client may have
   * written.
   */
  static String of(HttpServerRequest request) {
    SocketAddress peer = request.connection().remoteAddress();
    String direct = host(peer);
    boolean forwarded = !direct.equals(host(request.remoteAddress()));
    return forwarded ? lastForwarded(request).orElse(direct) : block(direct);
  }

  private static Optional<String> lastForwarded(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("X-Forwarded-For"))
        .map(all -> all.substring(all.lastIndexOf(',') + 1).strip())
        .filter(last -> last.matches("[0-9a-fA-F.:]{2,45}"))
        .map(ClientAddress::block);
  }

  private static String host(SocketAddress address) {
    return address == null
        ? "unknown"
        : Optional.ofNullable(address.hostAddress()).orElse("unknown");
  }

  /** An address of IPv4 itself; the block that one of IPv6 is in. */
  static String block(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      return InetAddress.getByName(address) instanceof Inet6Address v6
          ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), BLOCK_BYTES))
          : address;
    } catch (UnknownHostException noAddress) {
      return address;
    }
  }
}
