package dev.piecrust.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What clients that are slow, large, hostile or guess meet at the packaged program, which stands
 * behind a proxy: whose they are {@code X-Forwarded-For} says.
 */
class FrontDoorIT {
  private static final String CAMPAIGNS = "/api/v1/campaigns";
  private static final String TOKEN = "a token for the front door";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Program program;
  private static Serving serving;

  @BeforeAll
  static void start() throws Exception {
    program =
        new Program(folder.resolve("home"))
            .with("PIECRUST_PROXY", "127.0.0.1")
            .with("PIECRUST_API_TOKEN", TOKEN);
    serving = Serving.start(program);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @Test
  void answersOthersWhileBodiesAreHalfSent() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        RawClient client = RawClient.to(serving.port());
        client.send(head("203.0.113.1", "Content-Length: 1000") + "{\"spec\": \"half");
        slow.add(client);
      }
      for (int i = 0; i < 4; i++) {
        assertThat(get(CAMPAIGNS, "203.0.113.2").statusCode()).isEqualTo(200);
      }
      List<Integer> statuses = slow.stream().map(client -> client.answer().status()).toList();
      assertThat(statuses).containsOnly(408, 429).contains(408, 429);
      assertThat(statuses.stream().filter(status -> status == 408).count()).isEqualTo(256);
      assertThat(get(CAMPAIGNS, "203.0.113.1").statusCode()).isEqualTo(200);
    } finally {
      slow.forEach(RawClient::close);
    }
  }

  @Test
  void saysWhatIsTooLargeHoweverItComes() throws Exception {
    try (RawClient client = RawClient.to(serving.port())) {
      client.send(head("203.0.113.3", "Content-Length: 1048577"));
      isProblem(client.answer(), 413, "the body is too large, expected 1048576 bytes at most");
    }
    try (RawClient client = RawClient.to(serving.port())) {
      client.send(head("203.0.113.3", "Transfer-Encoding: chunked"));
      for (int i = 0; i < 17; i++) {
        client.send("10000\r\n" + "x".repeat(65536) + "\r\n");
      }
      isProblem(client.answer(), 413, "the body is too large");
    }
    try (RawClient client = RawClient.to(serving.port())) {
      client.send(head("203.0.113.3", "X-Wide: " + "x".repeat(20_000)));
      isProblem(client.answer(), 431, "the headers are too large");
    }
    String fits = "{\"spec\": \"" + "x".repeat(1_000_000) + "\", \"folder\": \"/\"}";
    assertThat(post(CAMPAIGNS, "203.0.113.3", fits).statusCode()).isEqualTo(400);
  }

  @Test
  void keepsASessionOverTlsToTlsForTwelveHoursOrUntilItsEnd() throws Exception {
    HttpResponse<String> in = enter("https");
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("Location")).contains("/campaigns");
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .contains("Secure")
        .contains("HttpOnly")
        .contains("SameSite=Strict")
        .contains("Max-Age=43200");
    assertThat(enter("http").headers().firstValue("Set-Cookie").orElseThrow())
        .doesNotContain("Secure");

    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertThat(page("/campaigns", pair).body()).contains("Sign out");
    assertThat(page("/", pair).headers().firstValue("Location")).contains("/campaigns");
    HttpRequest.Builder leave =
        from("/enter/leave", "", "203.0.113.4")
            .header("Cookie", pair)
            .header("Content-Type", "application/x-www-form-urlencoded");
    HttpResponse<String> foreign =
        serving.send(leave.copy().header("Origin", "https://elsewhere.example").POST(body("")));
    assertThat(foreign.statusCode()).isEqualTo(403);
    HttpResponse<String> out =
        serving.send(leave.copy().header("Origin", "https://piecrust.lab").POST(body("")));
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith(pair.substring(0, pair.indexOf('=') + 1))
        .contains("Max-Age=0");
    assertThat(page("/campaigns", pair + "0").statusCode()).isEqualTo(401);
  }

  @Test
  void slowsWhoTriesTokensAndNobodyElse() throws Exception {
    String guesser = "203.0.113.5";
    assertThat(get(CAMPAIGNS, guesser, "a wrong token 0").statusCode()).isEqualTo(401);
    Optional<HttpResponse<String>> refused = Optional.empty();
    for (int round = 0; round < 20 && refused.isEmpty(); round++) {
      List<CompletableFuture<HttpResponse<String>>> tries = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String wrong = "a wrong token %d %d".formatted(round, i);
        tries.add(serving.sendAsync(from(CAMPAIGNS, wrong, guesser)));
      }
      refused =
          tries.stream()
              .map(CompletableFuture::join)
              .toList() // none is under way any more
              .stream()
              .filter(answer -> answer.statusCode() != 401)
              .findFirst();
    }
    HttpResponse<String> answer = refused.orElseThrow();
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.body()).contains("too many wrong access tokens");
    assertThat(get(CAMPAIGNS, "203.0.113.6").statusCode()).isEqualTo(200);
    assertThat(get(CAMPAIGNS, guesser).statusCode()).isEqualTo(200);
  }

  static final List<String> HOSTILE =
      List.of(
          "",
          "null",
          "[]",
          "7",
          "\"text\"",
          "{",
          "{\"spec\":",
          "{\"spec\": 7, \"folder\": []}",
          "{\"spec\": \"a: 1\", \"folder\": \"\\u0000\"}",
          "{\"spec\": \"\\u0000\", \"folder\": \"/\"}",
          "{\"spec\": \"name: \\ud800\", \"folder\": \"/\"}",
          "{\"usd\": 1e999999999, \"who\": \"x\"}",
          "{\"usd\": \"1e999999999\", \"who\": \"x\"}",
          "{\"usd\": \"" + "9".repeat(100_000) + "\", \"who\": \"x\"}",
          "{\"usd\": " + "9".repeat(100_000) + ", \"who\": \"x\"}",
          "{\"fresh\": \"perhaps\", \"spec\": \"\", \"folder\": \"/\"}",
          "[".repeat(100_000),
          "{\"a\":".repeat(100_000),
          "{\"spec\": \"" + "[".repeat(50_000) + "\", \"folder\": \"/\"}",
          "{\"spec\": \"" + "{a: ".repeat(20_000) + "\", \"folder\": \"/\"}",
          "{\"spec\": \"&a [*a, *a]\", \"folder\": \"/\"}",
          "{\"spec\": \"!!javax.script.ScriptEngineManager [x]\", \"folder\": \"/\"}",
          "{\"spec\": \"x\", \"path\": \"limits.usd\", \"value\": {\"a\": [1, {}]}}",
          "{\"spec\": \"x\", \"path\": \"prune.budgets\", \"value\": 1e400}",
          "{\"spec\": \"\", \"spec\": \"\", \"folder\": \"/\", \"who\": \"x\", \"who\": \"x\"}",
          "{\"spec\": \"\", \"folder\": \"/\", \"who\": \"x\"} {}",
          "{\"spec\": true, \"folder\": \"/\", \"who\": 7}",
          "{\"spec\": NaN, \"who\": NaN}",
          "\u00ff\u00fe{\u0000}\u0000",
          "{\"spec\": \"\u00e9\u00ff\", \"folder\": \"/\"}",
          "\u0000\u0000\u0000{",
          "\u00ef\u00bb\u00bf{}");

  /** Sent as ISO 8859-1, so that each character is one byte; some are not UTF-8. */
  @ParameterizedTest
  @FieldSource("HOSTILE")
  void refusesHostileBodiesInASentence(String body) throws Exception {
    for (String path :
        List.of(
            CAMPAIGNS,
            CAMPAIGNS + "/nix/budget",
            CAMPAIGNS + "/nix/pause",
            "/api/v1/specs/change",
            "/api/v1/specs/estimate",
            "/api/v1/specs/pin")) {
      HttpResponse<String> answer =
          serving.send(
              from(path, TOKEN, "203.0.113.7")
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(ISO_8859_1))));
      assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(400, 499);
      assertThat(answer.headers().firstValue("Content-Type").orElse("none"))
          .startsWith("application/problem+json");
      assertThat(answer.body())
          .doesNotContain("java.")
          .doesNotContain("dev.piecrust")
          .doesNotContainPattern(
              "(?i)jackson|unexpected|unrecognized|deserialize|\\[source|jsontoken");
    }
    assertThat(program.log()).doesNotContain("\n\tat ");
  }

  @ParameterizedTest
  @FieldSource("ADDRESSES")
  void refusesHostileAddressesInASentence(String path) throws Exception {
    HttpResponse<String> answer = get(path, "203.0.113.8");
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404);
    assertThat(answer.headers().firstValue("Content-Type").orElse("none"))
        .startsWith("application/problem+json");
    assertThat(program.log()).doesNotContain("\n\tat ");
  }

  static final List<String> ADDRESSES =
      List.of(
          CAMPAIGNS + "/%00",
          CAMPAIGNS + "/x%00y/events",
          CAMPAIGNS + "/nix/events/latest?limit=-1",
          CAMPAIGNS + "/nix/events/latest?limit=x",
          CAMPAIGNS + "/nix/features?layer=-1",
          CAMPAIGNS + "/nix/features/99999999999/0",
          CAMPAIGNS + "/nix/prompts/ioi/x",
          "/api/v1/overview?limit=-1",
          "/api/v1/overview?limit=99999999999999999999",
          "/api/v1/overview?sort=nix",
          "/api/v1/ledger/calls?limit=0",
          "/api/v1/ledger/calls?after=OTk5OTk5OTk5OTk5OTk5OTk5OQ",
          "/api/v1/ledger/calls?state=nix",
          "/api/v1/ledger/calls?feature=-1/2",
          "/api/v1/ledger/calls/x",
          "/api/v1/compare?campaign=nix",
          "/api/v1/overview?stat=running",
          "/api/v1/overview?limit=",
          "/api/v1/overview?sort=",
          "/api/v1/session?who=me");

  @Test
  void saysWhichMethodsAnAddressHas() throws Exception {
    HttpRequest.BodyPublisher none = HttpRequest.BodyPublishers.noBody();
    HttpResponse<String> refused =
        serving.send(from(CAMPAIGNS, TOKEN, "203.0.113.9").method("PUT", none));
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.body()).contains("this address is not for that method");
    HttpResponse<String> asked =
        serving.send(from(CAMPAIGNS, TOKEN, "203.0.113.9").method("OPTIONS", none));
    assertThat(asked.statusCode()).isEqualTo(204);
    for (HttpResponse<String> answer : List.of(refused, asked)) {
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, POST");
    }
  }

  @Test
  void saysWhatIsWrongWithAParameter() throws Exception {
    assertThat(get("/api/v1/overview?limit=1&limit=2", "203.0.113.9").body())
        .contains("limit is '1', '2', expected it once");
    assertThat(get("/api/v1/overview?limits=1", "203.0.113.9").body())
        .contains("'limits' is no parameter of this address, expected one of after, limit,");
    assertThat(serving.raw("GET /api/v1/overview?text=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(" 400 ");
  }

  private static HttpResponse<String> enter(String scheme) throws Exception {
    return serving.send(
        from("/enter", "", "203.0.113.4")
            .header("X-Forwarded-Proto", scheme)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(body("token=" + TOKEN.replace(' ', '+'))));
  }

  private static HttpResponse<String> page(String path, String cookie) throws Exception {
    return serving.send(
        from(path, "", "203.0.113.4").header("Cookie", cookie).header("Accept", "text/html"));
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return HttpRequest.BodyPublishers.ofString(text, UTF_8);
  }

  private static HttpResponse<String> get(String path, String client) throws Exception {
    return get(path, client, TOKEN);
  }

  private static HttpResponse<String> get(String path, String client, String token)
      throws Exception {
    return serving.send(from(path, token, client));
  }

  private static HttpResponse<String> post(String path, String client, String json)
      throws Exception {
    return serving.send(
        from(path, TOKEN, client).header("Content-Type", "application/json").POST(body(json)));
  }

  private static HttpRequest.Builder from(String path, String token, String client) {
    return serving
        .request(path, token)
        .timeout(PATIENCE)
        .header("X-Forwarded-Host", "piecrust.lab")
        .header("X-Forwarded-For", "198.51.100.77, " + client);
  }

  private static String head(String client, String header) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
            .formatted(CAMPAIGNS, TOKEN)
        + "Content-Type: application/json\r\nX-Forwarded-For: %s\r\n%s\r\n\r\n"
            .formatted(client, header);
  }

  private static void isProblem(RawClient.Answer answer, int status, String words) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.head()).containsIgnoringCase("content-type: application/problem+json");
    assertThat(answer.body()).contains(words);
  }
}
