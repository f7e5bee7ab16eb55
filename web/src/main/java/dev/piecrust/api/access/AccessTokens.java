package dev.piecrust.api.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The tokens whose bearers are let in here. */
public final class AccessTokens {
  private final Supplier<List<AccessToken>> tokens;

  /**
   * @param tokens those of the moment: a process learns some after it has started to listen
   */
  public AccessTokens(Supplier<List<AccessToken>> tokens) {
    this.tokens = tokens;
  }

  /** The one that a request carries, in its {@code Authorization} header or in a cookie. */
  Optional<AccessToken> admitting(HttpServerRequest request) {
    Optional<String> authorization = Optional.ofNullable(request.getHeader("Authorization"));
    return tokens.get().stream()
        .filter(
            token ->
                authorization.isPresent()
                    ? token.admits(authorization)
                    : hasCookie(request, token.cookie()))
        .findFirst();
  }

  /** Whether a request is one of the commands of this machine's user. */
  public boolean areOfThisUser(HttpServerRequest request) {
    Optional<String> authorization = Optional.ofNullable(request.getHeader("Authorization"));
    return tokens.get().stream()
        .anyMatch(token -> token.holder().isEmpty() && token.admits(authorization));
  }

  /** The names of the cookies by which browsers are known here. */
  public List<String> cookieNames() {
    return tokens.get().stream().map(token -> token.cookie().name()).toList();
  }

  /** The one that a person gives in a browser. */
  public Optional<AccessToken> given(String text) {
    return tokens.get().stream().filter(token -> token.isGivenAs(text)).findFirst();
  }

  private static boolean hasCookie(HttpServerRequest request, PageCookie wanted) {
    Cookie cookie = request.getCookie(wanted.name());
    return cookie != null && wanted.admits(cookie.getValue(), Instant.now());
  }
}
