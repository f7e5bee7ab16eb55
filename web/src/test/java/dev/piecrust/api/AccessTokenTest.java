package dev.piecrust.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTokenTest {
  private final AccessToken token = new AccessToken("secret");

  @Test
  void admitsTheTokenAlone() {
    assertThat(token.admits(Optional.of("Bearer secret"))).isTrue();
    assertThat(token.admits(Optional.of("Bearer secre"))).isFalse();
    assertThat(token.admits(Optional.of("Bearer secret "))).isFalse();
    assertThat(token.admits(Optional.of("secret"))).isFalse();
    assertThat(token.admits(Optional.of("Basic secret"))).isFalse();
    assertThat(token.admits(Optional.of("Bearer "))).isFalse();
    assertThat(token.admits(Optional.empty())).isFalse();
  }

  @Test
  void keepsItsSecret() {
    assertThat(token.toString()).doesNotContain("secret");
    assertThatThrownBy(() -> new AccessToken(" ")).hasMessageContaining("must not be blank");
  }
}
