package dev.piecrust.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentProxiesTest {
  private static final String SEALED = "https://hub.example/file";
  private static final String OPEN = "http://hub.example/file";

  @Test
  void takesTheProxyOfTheScheme() {
    Map<String, String> both =
        Map.of("HTTPS_PROXY", "http://proxy.lab:3128", "HTTP_PROXY", "other_proxy:8080/");
    assertThat(proxy(both, SEALED)).contains("proxy.lab:3128");
    assertThat(proxy(both, OPEN)).contains("other_proxy:8080");
    assertThat(proxy(Map.of("HTTPS_PROXY", "proxy.lab"), SEALED)).contains("proxy.lab:80");
    assertThat(proxy(Map.of("HTTPS_PROXY", "proxy.lab"), OPEN)).isEmpty();
    assertThat(proxy(Map.of(), SEALED)).isEmpty();
  }

  @Test
  void prefersNamesInSmallLetters() {
    assertThat(proxy(Map.of("https_proxy", "small:1", "HTTPS_PROXY", "capital:1"), SEALED))
        .contains("small:1");
    assertThat(proxy(Map.of("https_proxy", "", "HTTPS_PROXY", "capital:1"), SEALED)).isEmpty();
    assertThat(proxy(Map.of("HTTPS_PROXY", "p:1", "no_proxy", "hub.example"), SEALED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "localhost", "LOCALHOST", "[::1]"})
  void asksThisMachineItself(String host) {
    Map<String, String> proxies = Map.of("HTTP_PROXY", "p:1", "HTTPS_PROXY", "p:1");
    assertThat(proxy(proxies, "http://%s:8080/x".formatted(host))).isEmpty();
    assertThat(proxy(proxies, "https://%s/x".formatted(host))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "* https://hub.example/ true",
        "hub.example https://hub.example/ true",
        "HUB.example https://Hub.Example/ true",
        "example https://hub.example/ true",
        ".example https://hub.example/ true",
        "*.example https://hub.example/ true",
        "ample https://hub.example/ false",
        "hub.example https://example/ false",
        "lab,,hub.example https://hub.example/ true",
        "hub.example:443 https://hub.example/ true",
        "hub.example:443 http://hub.example/ false",
        "hub.example:8080 http://hub.example:8080/ true",
        "10.1.2.3 https://10.1.2.3/ true",
        "10.1.2.3 https://10.1.2.30/ false",
        "10.0.0.0/8 https://10.1.2.3/ true",
        "10.0.0.0/8 https://11.1.2.3/ false",
        "10.0.0.0/8 https://hub.example/ false",
        "0.0.0.0/0 https://11.1.2.3/ true",
        "fd00::/8 https://[fd12::1]/ true",
        "fd00::/8 https://[fe80::1]/ false",
        "[fd12::1] https://[fd12:0::1]/ true"
      })
  void leavesOutTheHostsThatAreNamed(String none, String address, boolean direct) {
    assertThat(proxy(Map.of("HTTPS_PROXY", "p:1", "HTTP_PROXY", "p:1", "NO_PROXY", none), address))
        .isEqualTo(direct ? Optional.empty() : Optional.of("p:1"));
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://proxy:1080, socks5://proxy:1080",
    "https://proxy:3128, https://proxy:3128",
    "http://, http://",
    "proxy:port, proxy:port",
    "proxy:0, proxy:0",
    "proxy:65536, proxy:65536",
    "http://proxy/path, http://proxy/path",
    "http://me:se@cret@proxy:x, http://…@proxy:x",
    "me:secret%zz@proxy:1, …@proxy:1"
  })
  void refusesWhatIsNoProxyWithoutShowingThePassword(String text, String shown) {
    assertThatThrownBy(() -> EnvironmentProxies.of(Map.of("HTTPS_PROXY", text)))
        .hasMessage(
            "HTTPS_PROXY is '%s', expected http://HOST:PORT or http://USER:PASSWORD@HOST:PORT",
            shown)
        .hasNoCause()
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "lab.example/8", "http://lab.example", "a:b"})
  void refusesWhatIsNoHost(String item) {
    assertThatThrownBy(() -> EnvironmentProxies.of(Map.of("NO_PROXY", "good.example, " + item)))
        .hasMessage(
            "NO_PROXY has '%s', expected hosts and networks with commas between, such as"
                + " lab.example,10.0.0.0/8",
            item)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }

  @Test
  void asksThroughTheProxyAndSaysWho() throws Exception {
    try (StandInProxy proxy = new StandInProxy("200 OK", "the answer")) {
      String named = "http://me:p%40ss+w:rd@" + proxy.address();
      assertThat(get(EnvironmentProxies.of(Map.of("http_proxy", named))).body())
          .isEqualTo("the answer");
      assertThat(proxy.lines()).containsExactly("GET http://hub.example/file HTTP/1.1");
      assertThat(proxy.told("Proxy-Authorization: Basic bWU6cEBzcyt3OnJk")).isTrue();
    }
  }

  @Test
  void saysNothingOfAPasswordToOthers() {
    EnvironmentProxies proxies =
        EnvironmentProxies.of(
            Map.of("HTTPS_PROXY", "me:secret@proxy:1", "NO_PROXY", "direct.example"));
    for (String other : List.of("http://hub.example/", "https://direct.example/")) {
      assertThat(proxies.request(URI.create(other)).build().headers().map()).isEmpty();
    }
    assertThat(proxies.request(URI.create(SEALED)).build().headers().map())
        .containsOnlyKeys("Proxy-Authorization");
  }

  private static HttpResponse<String> get(EnvironmentProxies proxies) throws Exception {
    return HttpClient.newBuilder()
        .proxy(proxies)
        .build()
        .send(proxies.request(URI.create(OPEN)).build(), BodyHandlers.ofString());
  }

  private static Optional<String> proxy(Map<String, String> environment, String address) {
    List<Proxy> chosen = EnvironmentProxies.of(environment).select(URI.create(address));
    assertThat(chosen).hasSize(1);
    return Optional.ofNullable((InetSocketAddress) chosen.get(0).address())
        .map(at -> at.getHostString() + ":" + at.getPort());
  }
}
