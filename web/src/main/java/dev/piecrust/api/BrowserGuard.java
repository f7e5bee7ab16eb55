package dev.piecrust.api;

import dev.piecrust.address.LocalNames;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps pages of other sites from acting here through a visitor's browser: nothing is changed for
 * another origin (CSRF), and a process of one machine answers to that machine's names alone, so
 * that a foreign name that resolves to it finds nothing (DNS rebinding).
 */
@Singleton
public class BrowserGuard {
  /** Earlier than authentication: a stranger learns nothing. */
  private static final int FIRST = 1000;

  private static final Set<HttpMethod> HARMLESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<String> SAME_SITE = Set.of("same-origin", "none");

  private final boolean local;

  /**
   * @param host the interface that this process listens on
   * @param openId whether people sign in; then a proxy may stand before this process
   * @param proxy whether one does, and says for which host
   */
  public BrowserGuard(
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean openId,
      @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding") boolean proxy) {
    this.local = LocalNames.contain(host) && !openId && !proxy;
  }

  void install(@Observes Filters filters) {
    filters.register(this::guard, FIRST);
  }

  private void guard(RoutingContext context) {
    Optional<String> refusal = refusal(context.request());
    if (refusal.isEmpty()) {
      context.next();
      return;
    }
    Problem.end(context, 403, refusal.get());
  }

  private Optional<String> refusal(HttpServerRequest request) {
    String host = Optional.ofNullable(request.authority()).map(HostAndPort::toString).orElse("");
    if (local && !LocalNames.containAuthority(host)) {
      return Optional.of("this server answers to 127.0.0.1 and localhost alone");
    }
    return HARMLESS.contains(request.method()) || isFromHere(request, host)
        ? Optional.empty()
        : Optional.of("a page of another site may not act here");
  }

  private static boolean isFromHere(HttpServerRequest request, String host) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    return (site == null || SAME_SITE.contains(site))
        && (origin == null || host.equalsIgnoreCase(authority(origin)));
  }

  private static String authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority()).orElse("");
    } catch (IllegalArgumentException noOrigin) {
      return "";
    }
  }
}
