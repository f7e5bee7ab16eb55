package dev.piecrust.serve;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.LocalNames;
import dev.piecrust.api.access.AccessToken;
import dev.piecrust.api.access.Roles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may use the API beside the user of this machine: people whom an issuer of OpenID Connect
 * knows ({@link OpenId}), who has {@code PIECRUST_API_TOKEN}, which allows everything, and who has
 * {@code PIECRUST_VIEW_TOKEN}, which allows to look.
 *
 * @param proxies what they may come through
 */
public record ApiAccess(
    Optional<OpenId> openId,
    Optional<String> token,
    Optional<String> viewToken,
    TrustedProxies proxies) {
  public static final String TOKEN = "PIECRUST_API_TOKEN";
  public static final String VIEW_TOKEN = "PIECRUST_VIEW_TOKEN";

  /** A token that can be guessed is none. */
  private static final int SHORTEST_TOKEN = 16;

  /** As an environment names them. */
  public static ApiAccess of(Map<String, String> environment) {
    return new ApiAccess(
        OpenId.of(environment),
        secret(environment, TOKEN),
        secret(environment, VIEW_TOKEN),
        TrustedProxies.of(environment));
  }

  private static Optional<String> secret(Map<String, String> environment, String variable) {
    String token = environment.getOrDefault(variable, "").strip();
    if (!token.isEmpty() && token.length() < SHORTEST_TOKEN) {
      throw user(
          "%s has %d characters, expected %d random ones or more",
          variable, token.length(), SHORTEST_TOKEN);
    }
    return token.isEmpty() ? Optional.empty() : Optional.of(token);
  }

  /** The tokens that are handed out, with what each allows. */
  List<AccessToken> tokens() {
    return Stream.of(
            token.map(secret -> AccessToken.of(secret, "api-token", Roles.ADMIN)),
            viewToken.map(secret -> AccessToken.of(secret, "view-token", Roles.VIEWER)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Whether nobody but the user of this machine can be let in. */
  public boolean isForThisUserAlone() {
    return openId.isEmpty() && token.isEmpty() && viewToken.isEmpty();
  }

  /**
   * The settings of an application that listens there; refuses to listen where all would be
   * strangers.
   */
  public Map<String, String> settings(HttpAddress address) {
    if (isForThisUserAlone() && !LocalNames.contain(address.host())) {
      throw user(
          "the API would listen on %s for anyone, expected %s or %s to be set, or %s to be"
              + " 127.0.0.1",
          address.host(), OpenId.ISSUER, TOKEN, HttpAddress.HOST);
    }
    Map<String, String> settings = new HashMap<>(address.settings());
    settings.putAll(proxies.settings());
    openId.ifPresent(issuer -> settings.putAll(issuer.settings()));
    return settings;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "ApiAccess[openId=%s, token=%s, viewToken=%s]"
        .formatted(openId, token.isPresent(), viewToken.isPresent());
  }
}
