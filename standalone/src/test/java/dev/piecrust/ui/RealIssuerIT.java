package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.embedded.Home;
import dev.piecrust.embedded.HostileHome;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.serve.AccessCheck;
import dev.piecrust.serve.Endpoint;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what where an issuer that others wrote keeps the accounts. */
class RealIssuerIT {
  static final List<Endpoint> ENDPOINTS = Endpoint.ALL;

  private static final String BUDGET = "/api/v1/campaigns/first/budget";
  private static final String CHECK = "/api/v1/specs/check";

  @TempDir static Path folder;
  private static RealIssuer issuer;
  private static Serving serving;
  private static final Map<String, String> TOKENS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    String provider = System.getenv(RealIssuer.VARIABLE);
    assumeTrue(provider != null, RealIssuer.VARIABLE + " names no folder with oidc-provider");
    issuer = RealIssuer.start(provider);
    for (String role : Endpoint.ROLES) {
      TOKENS.put(role, issuer.token(role));
    }
    Home home = new Home(folder.resolve("home"));
    HostileHome.fill(folder.resolve("home"));
    try (Database database = Stores.database(DatabaseConfig.h2(home.database()))) {
      Stores.of(database).campaigns().enter("first", CampaignState.PAUSED, "");
    }
    serving =
        Serving.start(
            new Program(folder.resolve("home"))
                .with("PIECRUST_OIDC_ISSUER", issuer.address())
                .with("PIECRUST_OIDC_CLIENT_ID", RealIssuer.CLIENT)
                .with("PIECRUST_OIDC_CLIENT_SECRET", RealIssuer.SECRET));
  }

  @AfterAll
  static void stop() {
    if (serving != null) {
      serving.close();
    }
    if (issuer != null) {
      issuer.close();
    }
  }

  @ParameterizedTest
  @FieldSource("ENDPOINTS")
  void opensWhatIsDescribedToItsRoleAndThoseAboveAndToNobodyElse(Endpoint endpoint)
      throws Exception {
    AccessCheck check = new AccessCheck(serving, TOKENS);
    check.isOpenToItsRoleAndThoseAbove(endpoint);
    if (!endpoint.least().isEmpty()) {
      check.isClosedTo(endpoint, issuer.token("cook"), 403, "may not do this");
      check.isClosedTo(endpoint, "", 401, "carries no valid access token");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:piecrust:elsewhere", // for another audience
        "urn:piecrust:expired",
        "urn:piecrust:early",
        "urn:piecrust:foreign" // by another issuer, as it says
      })
  void refusesTokensOfTheIssuerThatAreNotForHereAndNow(String resource) throws Exception {
    isStranger(issuer.token("admin", resource));
  }

  @Test
  void refusesTokensThatTheIssuerDidNotSign() throws Exception {
    String token = issuer.token("viewer");
    assertThat(serving.get("/api/v1/campaigns/first", token).statusCode()).isEqualTo(200);
    isStranger(RealIssuer.unsigned(token));
    isStranger(RealIssuer.forged(token));
    isStranger(RealIssuer.promoted(token));
    isStranger(token.substring(0, token.lastIndexOf('.')));
  }

  private static void isStranger(String token) throws Exception {
    for (String path : List.of("/api/v1/campaigns/first", "/api/v1/session", "/campaigns")) {
      assertThat(serving.get(path, token).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(serving.post(CHECK, token, "{\"spec\": \"\"}").statusCode()).isEqualTo(401);
    assertThat(serving.post(BUDGET, token, "{\"usd\": \"20\"}").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    // who signs in at the issuer, sees campaigns, the page for a new one, checks a spec, raises a
    // cap
    "ada, 200, 200, 200, 403",
    "ben, 200, 403, 403, 403",
    "cleo, 200, 200, 200, 200",
    "dora, 403, 403, 403, 403", // the issuer knows her, and PieCrust has no role for her
    "eve, 401, 401, 401, 401" // the issuer does not know her
  })
  void letsPeopleDoOnThePagesWhatTheirRoleMay(
      String name, int campaigns, int fresh, int check, int budget) throws Exception {
    HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpResponse<String> form = visit(browser, "/enter/openid");
    assertThat(form.body()).contains("Sign in at the issuer");
    send(
        browser,
        HttpRequest.newBuilder(form.uri())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("act=in&name=" + name)));
    assertThat(visit(browser, "/campaigns").statusCode()).isEqualTo(campaigns);
    assertThat(visit(browser, "/campaigns/new").statusCode()).isEqualTo(fresh);
    assertThat(act(browser, CHECK, "{\"spec\": \"\"}")).isEqualTo(check);
    assertThat(act(browser, BUDGET, "{\"usd\": \"20\"}")).isEqualTo(budget);
  }

  private static HttpResponse<String> visit(HttpClient browser, String path) throws Exception {
    return send(
        browser,
        HttpRequest.newBuilder(URI.create(serving.pages() + path)).header("Accept", "text/html"));
  }

  /** What a page's button does; the browser says that the page is of the same site. */
  private static int act(HttpClient browser, String path, String json) throws Exception {
    return send(
            browser,
            HttpRequest.newBuilder(URI.create(serving.pages() + path))
                .header("Content-Type", "application/json")
                .header("Origin", serving.pages())
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(json)))
        .statusCode();
  }

  private static HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request)
      throws Exception {
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
