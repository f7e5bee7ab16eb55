package dev.piecrust.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiAccessTest {
  private static final Map<String, String> ISSUER =
      Map.of(
          "PIECRUST_OIDC_ISSUER", "https://sign-in.lab/realm",
          "PIECRUST_OIDC_CLIENT_ID", "piecrust");
  private static final Map<String, String> TOKEN = Map.of("PIECRUST_API_TOKEN", "0123456789abcdef");

  @Test
  void listensOnThisMachineAlone() {
    assertThat(settings(Map.of(), Optional.empty()))
        .containsOnly(
            Map.entry("quarkus.http.host", "127.0.0.1"), Map.entry("quarkus.http.port", "8080"));
    Map<String, String> named = Map.of("QUARKUS_HTTP_PORT", "9000", "QUARKUS_HTTP_HOST", "::1");
    assertThat(settings(named, Optional.empty()))
        .containsEntry("quarkus.http.port", "9000")
        .containsEntry("quarkus.http.host", "::1");
    assertThat(settings(named, Optional.of(0))).containsEntry("quarkus.http.port", "0");
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "::", "10.0.0.7", "piecrust.lab", "127.0.0.1.lab"})
  void refusesToListenForAnyone(String host) {
    Map<String, String> all = Map.of("QUARKUS_HTTP_HOST", host);
    assertThatThrownBy(() -> settings(all, Optional.empty()))
        .hasMessage(
            "the API would listen on %s for anyone, expected PIECRUST_OIDC_ISSUER or"
                    .formatted(host)
                + " PIECRUST_API_TOKEN to be set, or QUARKUS_HTTP_HOST to be 127.0.0.1");
    assertThat(settings(and(all, TOKEN), Optional.empty()))
        .containsEntry("quarkus.http.host", host)
        .doesNotContainKey("quarkus.oidc.tenant-enabled");
    assertThat(settings(and(all, ISSUER), Optional.empty()))
        .containsEntry("quarkus.oidc.tenant-enabled", "true");
  }

  @Test
  void believesTheProxiesThatAreNamedAndNoOther() {
    assertThat(settings(Map.of("PIECRUST_PROXY", " 10.0.0.0/8, ::1"), Optional.empty()))
        .containsEntry("quarkus.http.proxy.proxy-address-forwarding", "true")
        .containsEntry("quarkus.http.proxy.trusted-proxies", "10.0.0.0/8,::1");
    assertThat(settings(Map.of("PIECRUST_PROXY", " "), Optional.empty()))
        .doesNotContainKey("quarkus.http.proxy.proxy-address-forwarding");
    assertThatThrownBy(() -> ApiAccess.of(Map.of("PIECRUST_PROXY", "trusted")))
        .hasMessage(
            "PIECRUST_PROXY names 'trusted', expected addresses or ranges, such as"
                + " 127.0.0.1,10.0.0.0/8");
  }

  @Test
  void passesOnWhatTheIssuerNeeds() {
    assertThat(settings(ISSUER, Optional.empty()))
        .containsEntry("quarkus.oidc.auth-server-url", "https://sign-in.lab/realm")
        .containsEntry("quarkus.oidc.client-id", "piecrust")
        .containsEntry("quarkus.oidc.token.audience", "piecrust")
        .containsEntry("quarkus.oidc.roles.role-claim-path", "roles")
        .doesNotContainKey("quarkus.oidc.credentials.secret");
    Map<String, String> more =
        Map.of(
            "PIECRUST_OIDC_CLIENT_SECRET", "hush",
            "PIECRUST_OIDC_AUDIENCE", "api",
            "PIECRUST_OIDC_ROLES_CLAIM", "realm_access/roles");
    assertThat(settings(and(ISSUER, more), Optional.empty()))
        .containsEntry("quarkus.oidc.credentials.secret", "hush")
        .containsEntry("quarkus.oidc.token.audience", "api")
        .containsEntry("quarkus.oidc.roles.role-claim-path", "realm_access/roles");
    assertThat(ApiAccess.of(and(and(ISSUER, more), TOKEN)).toString())
        .doesNotContain("hush")
        .doesNotContain("0123456789abcdef");
  }

  @ParameterizedTest
  @CsvSource({
    "http://sign-in.lab",
    "sign-in.lab",
    "ftp://127.0.0.1",
    "https:///realm",
    "https://sign in.lab"
  })
  void refusesAnIssuerWhoseWordsCouldBeChanged(String issuer) {
    assertThatThrownBy(() -> ApiAccess.of(Map.of("PIECRUST_OIDC_ISSUER", issuer)))
        .hasMessage(
            "PIECRUST_OIDC_ISSUER is '%s', expected https://… (http:// on this machine alone)"
                .formatted(issuer));
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> ApiAccess.of(Map.of("PIECRUST_OIDC_ISSUER", "https://sign-in.lab")))
        .hasMessageStartingWith("PIECRUST_OIDC_CLIENT_ID is not set");
    assertThatThrownBy(() -> ApiAccess.of(Map.of("PIECRUST_API_TOKEN", "short")))
        .hasMessage("PIECRUST_API_TOKEN has 5 characters, expected 16 random ones or more");
    assertThatThrownBy(() -> settings(Map.of("QUARKUS_HTTP_PORT", "http"), Optional.empty()))
        .hasMessage("QUARKUS_HTTP_PORT is 'http', expected a whole number from 0 to 65535");
  }

  private static Map<String, String> settings(
      Map<String, String> environment, Optional<Integer> port) {
    return ApiAccess.of(environment).settings(HttpAddress.of(environment, port));
  }

  private static Map<String, String> and(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }
}
