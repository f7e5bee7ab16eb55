package dev.piecrust.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClientAddressTest {
  @Test
  void takesABlockOfIpv6ForOneClient() {
    assertThat(ClientAddress.block("2001:db8:1:2::1"))
        .isEqualTo(ClientAddress.block("2001:db8:1:2:ffff::7"))
        .isNotEqualTo(ClientAddress.block("2001:db8:1:3::1"));
    assertThat(ClientAddress.block("192.0.2.7")).isEqualTo("192.0.2.7");
  }
}
