package dev.piecrust.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.embedded.SmallSpec;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may do what at a packaged program whose users an issuer knows. */
class AccessIT {
  private static final String CAMPAIGNS = "/api/v1/campaigns";
  private static final String API_TOKEN = "a token for the nightly runs";

  static final List<Endpoint> ENDPOINTS = Endpoint.ALL;

  @TempDir static Path folder;
  private static StandInIssuer issuer;
  private static Serving serving;

  @BeforeAll
  static void start() throws Exception {
    issuer = new StandInIssuer();
    serving =
        Serving.start(
            new Program(folder.resolve("home"))
                .with("PIECRUST_OIDC_ISSUER", issuer.address())
                .with("PIECRUST_OIDC_CLIENT_ID", StandInIssuer.CLIENT)
                .with("PIECRUST_OIDC_ROLES_CLAIM", "piecrust/roles")
                .with("PIECRUST_API_TOKEN", API_TOKEN));
  }

  @AfterAll
  static void stop() {
    serving.close();
    issuer.close();
  }

  @ParameterizedTest
  @FieldSource("ENDPOINTS")
  void isOpenToItsRoleAndThoseAbove(Endpoint endpoint) throws Exception {
    Map<String, String> tokens = new HashMap<>();
    for (String role : Endpoint.ROLES) {
      tokens.put(role, issuer.token("ada", role));
    }
    AccessCheck check = new AccessCheck(serving, tokens);
    check.isOpenToItsRoleAndThoseAbove(endpoint);
    check.isOpenTo(endpoint, API_TOKEN);
    if (!endpoint.least().isEmpty()) {
      check.isClosedTo(endpoint, issuer.token("ada", "cook"), 403, "ada may not do this");
      check.isClosedTo(endpoint, "", 401, "carries no valid access token");
    }
  }

  @Test
  void describesTheEndpointsThatWereReviewedAndNoOther() throws Exception {
    JsonNode paths =
        Json.mapper().readTree(serving.get("/openapi?format=json", "").body()).path("paths");
    Set<String> described = new TreeSet<>();
    paths.forEachEntry(
        (path, methods) ->
            methods
                .fieldNames()
                .forEachRemaining(
                    method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            Endpoint.ALL.stream()
                .filter(endpoint -> endpoint.path().startsWith("/api/"))
                .map(endpoint -> endpoint.method() + " " + endpoint.path())
                .toList());
  }

  @Test
  void refusesTokensThatAreNotTheIssuersOrNotForIt() throws Exception {
    long now = Instant.now().getEpochSecond();
    assertThat(list(issuer.signed(changed(Map.of()))).statusCode()).isEqualTo(200);
    assertRefused(issuer.signed(changed(Map.of("iss", "http://127.0.0.1:1"))));
    assertRefused(issuer.signed(changed(Map.of("iat", now - 900, "exp", now - 600))));
    assertRefused(issuer.signed(changed(Map.of("nbf", now + 600))));
    assertRefused(issuer.signed(changed(Map.of("aud", "another-client"))));
    assertRefused(issuer.forged(changed(Map.of())));
    assertRefused(issuer.confused(changed(Map.of())));
    assertRefused(issuer.unsigned(changed(Map.of())));
    assertRefused("not.a.token");
    assertRefused(API_TOKEN + "x");
  }

  @Test
  void writesDownWhoWasAuthenticatedAndNotWhoTheRequestNames() throws Exception {
    Path spec = SmallSpec.write(folder, "fap, fap-ig", 20);
    String body = Json.write(Map.of("spec", Files.readString(spec), "folder", folder.toString()));
    String ada = issuer.token("ada", "operator");
    String id =
        serving.post(CAMPAIGNS, ada, body).body().replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    String campaign = CAMPAIGNS + "/" + id;
    assertThat(serving.post(campaign + "/pause", ada, AccessCheck.WHO).statusCode()).isEqualTo(200);
    assertThat(serving.post(campaign + "/cancel", API_TOKEN, AccessCheck.WHO).statusCode())
        .isEqualTo(200);
    assertThat(serving.get(campaign + "/events", ada).body())
        .contains("\"who\":\"ada\"")
        .contains("\"who\":\"api-token\"")
        .doesNotContain("someone else");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          api_key_env: HF_TOKEN, base_url: https://llm.example/v1 | api_key_env: is not a variable that may hold
          api_key_env: PIECRUST_OIDC_CLIENT_SECRET | api_key_env: is not a variable that may hold
          base_url: http://169.254.169.254/latest | base_url: has the host 169.254.169.254, which is a link-local
          base_url: "http://[::ffff:a9fe:a9fe]/v1" | which is a link-local address or a cloud's own
          base_url: http://metadata.google.internal/v1 | which is a link-local address or a cloud's own
          base_url: http://2852039166/v1 | base_url: has the host 2852039166, expected a name, or an address such as 10.0.0.5
          base_url: http://127.0.0.1:9/v1 | which is the server itself, expected another machine
          base_url: http://localhost:9/v1 | which is the server itself, expected another machine
          """)
  void sendsNoSecretWhereAnOperatorWants(String keys, String refusal) throws Exception {
    String spec =
        Files.readString(SmallSpec.write(folder, "fap", 20))
            + """
            interpret:
              corpus: {path: %s}
              llm: {provider: openai, model: m, price: unknown, %s}
            """
                .formatted(Program.ROOT.resolve("demo/corpus.jsonl.gz"), keys);
    String body = Json.write(Map.of("spec", spec, "folder", folder.toString()));
    HttpResponse<String> answer = serving.post(CAMPAIGNS, issuer.token("ada", "operator"), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("interpret.llm.", refusal);
  }

  @Test
  void letsNoOtherSiteActThroughABrowser() throws Exception {
    assertThat(pause("Origin", "http://127.0.0.1:" + serving.port())).isEqualTo(404);
    assertThat(pause("Sec-Fetch-Site", "same-origin")).isEqualTo(404);
    assertThat(pause("Origin", "https://elsewhere.example")).isEqualTo(403);
    assertThat(pause("Origin", "null")).isEqualTo(403);
    assertThat(pause("Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(pause("Sec-Fetch-Site", "same-site")).isEqualTo(403);
    HttpRequest.Builder form =
        serving
            .request(CAMPAIGNS + "/nix/pause", API_TOKEN)
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(AccessCheck.WHO));
    assertThat(serving.send(form).statusCode()).isEqualTo(415);
  }

  @Test
  void refusesWhatIsTooLargeForASpec() throws Exception {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s: %s\r\n\r\n";
    assertThat(serving.raw(head.formatted(CAMPAIGNS, API_TOKEN, "Content-Length", 1_100_000)))
        .contains(" 413 ");
    assertThat(serving.raw(head.formatted(CAMPAIGNS, API_TOKEN, "X-Wide", "x".repeat(20_000))))
        .contains(" 431 ");
    String fits = "{\"spec\": \"" + "x".repeat(900_000) + "\", \"folder\": \"/\"}";
    assertThat(serving.post(CAMPAIGNS, API_TOKEN, fits).statusCode()).isEqualTo(400);
  }

  @Test
  void tellsBrowsersToTrustNothingElse() throws Exception {
    for (String path : List.of("/", CAMPAIGNS, "/nix")) {
      var headers = serving.get(path, "").headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse("none"))
          .contains("default-src 'self'")
          .contains("frame-ancestors 'none'");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    }
  }

  private static HttpResponse<String> list(String token) throws Exception {
    return serving.get(CAMPAIGNS, token);
  }

  private static int pause(String header, String value) throws Exception {
    return serving
        .send(
            serving
                .request(CAMPAIGNS + "/nix/pause", API_TOKEN)
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(AccessCheck.WHO)))
        .statusCode();
  }

  private static Map<String, Object> changed(Map<String, Object> claims) {
    Map<String, Object> all = issuer.claims("ada", "admin");
    all.putAll(claims);
    return all;
  }

  private static void assertRefused(String token) throws Exception {
    AccessCheck.isProblem(list(token), 401, "access token");
  }
}
