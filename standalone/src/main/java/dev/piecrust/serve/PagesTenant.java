package dev.piecrust.serve;

import io.quarkus.oidc.TenantResolver;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers, which sign in and are known by a cookie, from programs, which carry a token of
 * the same issuer.
 */
@Singleton
public class PagesTenant implements TenantResolver {
  static final String NAME = "pages";

  /** Leads to the issuer, which leads back to it. */
  static final String DOOR = "/enter/openid";

  /** Where those come back whom the issuer does not let in. */
  static final String REFUSED = "/enter/refused";

  private static final String COOKIE = "q_session_" + NAME;

  private final boolean enabled;

  /**
   * @param enabled whether there is an issuer
   */
  public PagesTenant(@ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean enabled) {
    this.enabled = enabled;
  }

  @Override
  public @Nullable String resolve(RoutingContext context) {
    return enabled && isBrowser(context) ? NAME : null;
  }

  private static boolean isBrowser(RoutingContext context) {
    if (context.request().path().equals(DOOR)) {
      return true;
    }
    return context.request().getHeader("Authorization") == null
        && context.request().cookies().stream()
            .anyMatch(cookie -> cookie.getName().startsWith(COOKIE));
  }
}
