package dev.piecrust.http;

import dev.piecrust.address.IpLiterals;
import dev.piecrust.address.LocalNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that the environment names, in the variables of curl and of the hub's other tools; of
 * a name in small and in capital letters, the small one counts. Where none is named for a scheme,
 * the JVM's own settings hold. What is on this machine is never asked through a proxy.
 */
public final class EnvironmentProxies extends ProxySelector {
  /** For addresses with {@code https}. */
  public static final String HTTPS = "HTTPS_PROXY";

  /** For addresses with {@code http}. */
  public static final String HTTP = "HTTP_PROXY";

  /** Hosts that are asked without one. */
  public static final String NONE = "NO_PROXY";

  private static final String TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Map<String, ProxyAddress> byScheme;
  private final DirectHosts direct;

  private EnvironmentProxies(Map<String, ProxyAddress> byScheme, DirectHosts direct) {
    this.byScheme = byScheme;
    this.direct = direct;
  }

  /** A user error where a variable is not what it should be. */
  public static EnvironmentProxies ofThisProcess() {
    return of(System.getenv());
  }

  /** The same of another environment. */
  public static EnvironmentProxies of(Map<String, String> environment) {
    Map<String, ProxyAddress> byScheme = new HashMap<>();
    value(environment, HTTPS)
        .ifPresent(text -> byScheme.put("https", ProxyAddress.of(HTTPS, text)));
    value(environment, HTTP).ifPresent(text -> byScheme.put("http", ProxyAddress.of(HTTP, text)));
    return new EnvironmentProxies(
        Map.copyOf(byScheme), DirectHosts.of(NONE, value(environment, NONE).orElse("")));
  }

  /** Set to nothing, the name in small letters hides the other one. */
  private static Optional<String> value(Map<String, String> environment, String name) {
    String capital = environment.getOrDefault(name, "");
    return Optional.of(environment.getOrDefault(name.toLowerCase(Locale.ROOT), capital).strip())
        .filter(text -> !text.isEmpty());
  }

  /**
   * Lets the JVM tell a proxy who asks for a tunnel to an {@code https} address, which it does not
   * do by itself. It looks once, when the first client is made.
   */
  public static void allowCredentials() {
    System.getProperties().putIfAbsent(TUNNELS, "");
  }

  /** A request with what the proxy on its way has to be told. */
  public HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    named(address)
        .flatMap(ProxyAddress::authorization)
        .ifPresent(who -> request.header("Proxy-Authorization", who));
    return request;
  }

  @Override
  public List<Proxy> select(URI address) {
    if (isDirect(address)) {
      return DIRECT;
    }
    return named(address)
        .map(proxy -> List.of(new Proxy(Proxy.Type.HTTP, proxy.address())))
        .orElseGet(() -> ofTheJvm(address));
  }

  private static List<Proxy> ofTheJvm(URI address) {
    ProxySelector own = ProxySelector.getDefault();
    return own == null ? DIRECT : own.select(address);
  }

  private Optional<ProxyAddress> named(URI address) {
    return isDirect(address)
        ? Optional.empty()
        : Optional.ofNullable(byScheme.get(address.getScheme().toLowerCase(Locale.ROOT)));
  }

  private boolean isDirect(URI address) {
    String host = Optional.ofNullable(address.getHost()).orElse("");
    return LocalNames.contain(host)
        || IpLiterals.read(host).filter(InetAddress::isLoopbackAddress).isPresent()
        || direct.contain(address);
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException e) {
    // Whoever asked is told by the same exception; there is no other proxy to choose.
  }
}
