package dev.piecrust.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTokenTest {
  private final AccessToken token = AccessToken.ofThisUser("secret");

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
    assertThatThrownBy(() -> AccessToken.ofThisUser(" ")).hasMessageContaining("must not be blank");
  }
}
