package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages about features, prompts, calls, workers and comparisons, as a browser gets them. */
class ViewPagesIT {
  private static final String TOKEN = "a token for looking at pages";
  private static final String FEATURE = "/campaigns/first/features/1/2";
  private static final String COMPARED = "campaign=first&campaign=second";
  private static final Pattern NEXT = Pattern.compile("href=\"([^\"]*after=[^\"]*)\">Next page");
  private static final Pattern FEATURES = Pattern.compile("/features/(\\d+/\\d+)\"");

  @TempDir static Path folder;
  private static Serving serving;
  private static long call;

  @BeforeAll
  static void start() throws Exception {
    Path home = folder.resolve("home");
    call = HostileHome.fill(home);
    serving = Serving.start(new Program(home).with("PIECRUST_API_TOKEN", TOKEN));
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/features",
        "/campaigns/first/features",
        "/campaigns/first/features?q=script",
        FEATURE,
        "/campaigns/first/prompts/ioi?method=fap&budget=50",
        "/campaigns/first/prompts/ioi/0?method=fap&budget=50",
        "/campaigns/first/prompts/ioi/0?method=fap&budget=50&cell=1-0",
        "/ledger",
        "/ledger?campaign=first&state=settled",
        "/workers",
        "/compare",
        "/compare?campaign=first",
        "/compare?" + COMPARED
      })
  void showsTextFromOutsideAsText(String path) throws Exception {
    isHarmless(page(path));
  }

  @Test
  void showsWhatWasSaidInACallAsText() throws Exception {
    HttpResponse<String> page = page("/ledger/calls/" + call);
    isHarmless(page);
    assertThat(page.body()).contains("&lt;script&gt;alert(1)").contains("$0.25");
  }

  @Test
  void showsAFeatureWithWhatIsBehindItsScores() throws Exception {
    String body = page(FEATURE).body();
    assertThat(body)
        .contains("&lt;script&gt;alert(1)")
        .contains("class=\"token s20\"")
        .contains("class=\"token s10\"")
        .contains("U+202E")
        .doesNotContain("\u202E")
        .contains("0.250")
        .contains("ioi 0");
  }

  @Test
  void leadsFromTheMapOfAPromptToItsFeatures() throws Exception {
    String body = page("/campaigns/first/prompts/ioi/0?method=fap&budget=50").body();
    assertThat(body)
        .contains("fap keeps 2 of 9 occurrences: 0.500 nats")
        .contains("cell=1-0#kept")
        .contains("href=\"" + FEATURE + "\"")
        .contains("50 %");
  }

  @Test
  void goesThroughAListToItsEndAndShowsEachFeatureOnce() throws Exception {
    Set<String> seen = new LinkedHashSet<>();
    String path = "/campaigns/first/features?sort=score&limit=25";
    int pages = 0;
    while (!path.isEmpty()) {
      String body = page(path).body();
      Matcher features = FEATURES.matcher(body);
      while (features.find()) {
        assertThat(seen.add(features.group(1))).as(features.group(1)).isTrue();
      }
      Matcher next = NEXT.matcher(body);
      path = next.find() ? next.group(1).replace("&amp;", "&") + "&limit=25" : "";
      pages++;
    }
    assertThat(seen).hasSize(HostileHome.FEATURES);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void givesSpreadsheetsNoFormulas() throws Exception {
    String csv = serving.get(FEATURE + "/scores.csv", TOKEN).body();
    assertThat(csv).startsWith("\"kind\",\"factor\",\"rating\",\"activation\",\"text\"");
    assertThat(csv).contains("\"written\"").contains("onerror=alert(2)>\"\"'");
    assertThat(serving.get("/compare/differences.csv?" + COMPARED, TOKEN).body())
        .contains("\"ioi\",\"second\",\"first\",\"fap\",50,0.0");
    assertThat(serving.get("/ledger/sums.csv", TOKEN).body()).contains(",1,0,10,3,4,5,\"0.25");
  }

  @Test
  void handsTheChartOfAComparisonWhatItDraws() throws Exception {
    assertThat(serving.get("/compare/curves?" + COMPARED + "&task=ioi", TOKEN).body())
        .contains("\"campaigns\":[\"first\",\"second\"]", "\"method\":\"fap\"", "\"budget\":50")
        .doesNotContain("settings", "differences");
    assertThat(serving.get("/compare/curves?" + COMPARED + "&task=nothing", TOKEN).body())
        .contains("\"curves\":[]");
  }

  @Test
  void showsWhatProvidersReadFromTheirCacheAndWroteToIt() throws Exception {
    assertThat(page("/ledger").body())
        .containsPattern("of them [0-9]+ cached, [0-9]+ written")
        .contains("<span class=\"sub\">3 cached, 4 written</span>");
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    assertThat(page("/campaigns/nix/features", 404).body()).contains("there is no campaign");
    assertThat(page("/campaigns/first/prompts/nix/0", 404).body()).contains("has no task");
    assertThat(page("/campaigns/first/prompts/ioi/77", 404).body()).contains("has no prompt 77");
    for (String page : List.of("", "/activations.csv", "/scores.csv")) {
      assertThat(page("/campaigns/first/features/9/9" + page, 404).body())
          .contains("campaign first has no feature 9/9: none of its methods keeps it");
    }
    assertThat(asking(FEATURE + "/scores.csv", "text/html", 406).body()).contains("another type");
    assertThat(page("/campaigns/first/features/x/9", 400).body()).contains("whole number");
    assertThat(status("/campaigns/first/features/9/9")).isEqualTo(404);
    assertThat(status("/campaigns/first/features/9/9/prompts")).isEqualTo(404);
    assertThat(status("/campaigns/first/prompts/ioi/77")).isEqualTo(404);
    assertThat(status("/campaigns/first/prompts/nix")).isEqualTo(404);
    assertThat(status("/campaigns/first/features?after=bml4")).isEqualTo(404);
    assertThat(page("/campaigns/first/features?after=bml4", 404).body()).contains("earlier page");
    assertThat(status(FEATURE)).isEqualTo(200);
    assertThat(status("/campaigns/first/prompts/ioi/0")).isEqualTo(200);
    assertThat(status("/campaigns/first/events/latest?limit=-1")).isEqualTo(400);
    assertThat(status("/campaigns/first/failures?limit=-1")).isEqualTo(400);
    assertThat(status("/campaigns/first/prompts/ioi?method=nix")).isEqualTo(400);
    assertThat(page("/ledger/calls/999", 404).body()).contains("the ledger has no call 999");
    assertThat(page("/campaigns/first/features?sort=nix", 400).body())
        .contains("expected one of rank, kept, feature, score");
  }

  @Test
  void describesTheApiForPrograms() throws Exception {
    String description = serving.get("/openapi", "").body();
    assertThat(description)
        .contains("/api/v1/campaigns/{id}/features:")
        .contains("/api/v1/ledger/calls:")
        .doesNotContain("TemplateInstance");
  }

  /** Renewed by {@code clients/python/generate.py}. */
  @Test
  void describesTheApiAsTheCommittedFileDoes() throws Exception {
    JsonNode served = Json.mapper().readTree(serving.get("/openapi?format=json", "").body());
    assertThat(served)
        .isEqualTo(Json.mapper().readTree(Program.ROOT.resolve("docs/openapi.json").toFile()));
    assertThat(served.at("/components/securitySchemes/token/scheme").asText()).isEqualTo("bearer");
    assertThat(served.at("/components/schemas").fieldNames())
        .toIterable()
        .allMatch(name -> name.matches("[A-Z][A-Za-z]+"), "a name of its own, without a number");
    assertThat(served.findValuesAsText("operationId"))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z]+[A-Za-z]+"), "a name, not that of a class");
    assertThat(served.findValues("operationId")).hasSameSizeAs(served.findValues("summary"));
  }

  private static void isHarmless(HttpResponse<String> page) {
    String body = page.body();
    assertThat(body)
        .doesNotContain("<script>alert")
        .doesNotContain("<img")
        .doesNotContain(" style=")
        .doesNotContain("\"'{shell");
    assertThat(body.split("<h1", -1)).as("one heading").hasSize(2);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'")
        .doesNotContain("unsafe");
  }

  /** What the API says at an address. */
  private static int status(String path) throws Exception {
    return serving.get("/api/v1" + path, TOKEN).statusCode();
  }

  private static HttpResponse<String> page(String path) throws Exception {
    return page(path, 200);
  }

  private static HttpResponse<String> page(String path, int status) throws Exception {
    return asking(path, "text/html,*/*;q=0.8", status);
  }

  private static HttpResponse<String> asking(String path, String accept, int status)
      throws Exception {
    HttpResponse<String> answer =
        serving.send(serving.request(path, TOKEN).header("Accept", accept));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }
}
