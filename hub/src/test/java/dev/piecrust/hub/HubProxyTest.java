package dev.piecrust.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.http.StandInProxy;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubProxyTest {
  private static final URI HUB = URI.create("http://hub.example");
  private static final HubRef REF = HubRef.parse("hf://org/model");

  @TempDir Path cache;

  @Test
  void asksTheHubThroughTheProxy() throws Exception {
    try (StandInProxy proxy = new StandInProxy("200 OK", "{}")) {
      HubRequests requests = requests(Map.of("HTTP_PROXY", "me:secret@" + proxy.address()));
      assertThat(requests.send(requests.listing(REF), "").body()).hasContent("{}");
      assertThat(proxy.lines())
          .containsExactly(
              "GET http://hub.example/api/models/org/model/revision/main?blobs=true HTTP/1.1");
      assertThat(proxy.told("Proxy-Authorization: Basic bWU6c2VjcmV0")).isTrue();
    }
  }

  @Test
  void goesToThisMachineWithoutItWhereTheHubSendsIt() throws Exception {
    try (StandInHub hub = new StandInHub();
        StandInProxy proxy =
            new StandInProxy("302 Found", "", "Location: " + hub.endpoint() + "/a/b/resolve/c/d")) {
      HubRequests requests = requests(Map.of("HTTP_PROXY", "me:secret@" + proxy.address()));
      assertThat(requests.send(requests.listing(REF), "").uri().getPath())
          .isEqualTo("/a/b/resolve/c/d");
      assertThat(proxy.lines()).hasSize(1);
      assertThat(hub.asked()).hasSize(1);
    }
  }

  @Test
  void saysThatTheProxyWantsAPassword() throws Exception {
    try (StandInProxy proxy =
        new StandInProxy("407 Proxy Authentication Required", "", "Proxy-Authenticate: Basic")) {
      HubRequests requests = requests(Map.of("HTTP_PROXY", proxy.address()));
      var answer = requests.send(requests.listing(REF), "");
      assertThat(answer.statusCode()).isEqualTo(407);
      HttpHeaders headers = answer.headers();
      assertThatThrownBy(
              () -> {
                throw new HubAnswers(HUB, false).refusal(REF, Optional.empty(), 407, headers);
              })
          .hasMessage(
              "the proxy before http://hub.example wants another name or password, expected"
                  + " HTTPS_PROXY to be http://USER:PASSWORD@HOST:PORT")
          .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
    }
  }

  private HubRequests requests(Map<String, String> environment) {
    return new HubRequests(
        new HubSettings(HUB, Optional.empty(), false, cache), EnvironmentProxies.of(environment));
  }
}
