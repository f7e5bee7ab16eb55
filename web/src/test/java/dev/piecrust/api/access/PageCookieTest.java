package dev.piecrust.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PageCookieTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

  @Test
  void isGoodForTwelveHours() {
    PageCookie cookie = PageCookie.of("a secret");
    String value = cookie.value(NOW);
    assertThat(cookie.admits(value, NOW)).isTrue();
    assertThat(cookie.admits(value, NOW.plus(Duration.ofHours(12)).minusSeconds(1))).isTrue();
    assertThat(cookie.admits(value, NOW.plus(Duration.ofHours(12)))).isFalse();
  }

  @Test
  void isMadeByWhoKnowsTheSecretAlone() {
    PageCookie cookie = PageCookie.of("a secret");
    String value = cookie.value(NOW);
    String end = value.substring(0, value.indexOf('-'));
    String later = (Long.parseLong(end) + 3600) + value.substring(value.indexOf('-'));
    assertThat(cookie.admits(later, NOW)).isFalse();
    assertThat(PageCookie.of("another").admits(value, NOW)).isFalse();
    assertThat(PageCookie.of("another").name()).isNotEqualTo(cookie.name());
    assertThat(value).doesNotContain("a secret");
    for (String wrong : new String[] {"", "x", end, end + "-", value + "0", "-" + value}) {
      assertThat(cookie.admits(wrong, NOW)).as(wrong).isFalse();
    }
  }
}
