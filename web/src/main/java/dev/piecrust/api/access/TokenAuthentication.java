package dev.piecrust.api.access;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;

/** Knows the bearers of {@link AccessTokens}; leaves all others to OpenID Connect. */
@Singleton
public class TokenAuthentication implements HttpAuthenticationMechanism {
  private final AccessTokens tokens;

  public TokenAuthentication(AccessTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    return Uni.createFrom()
        .optional(tokens.admitting(context.request()).map(TokenAuthentication::identity));
  }

  public static SecurityIdentity identity(AccessToken token) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(token.holder().orElse("local")))
        .addAttribute(Caller.SAYS_WHO, token.holder().isEmpty())
        .addRole(token.role())
        .build();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of();
  }

  /** Before OpenID Connect, which would refuse a token that is not its own. */
  @Override
  public int getPriority() {
    return 2 * DEFAULT_PRIORITY;
  }
}
