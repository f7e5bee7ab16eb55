package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.embedded.Home;
import dev.piecrust.embedded.HostileHome;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.store.Database;
import dev.piecrust.store.DatabaseConfig;
import dev.piecrust.store.Stores;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs may do where an issuer that others wrote keeps the accounts. */
class RealIssuerIT {
  private static final String CAMPAIGN = "/api/v1/campaigns/first";
  private static final String HIGHER = "{\"usd\": \"20\"}";

  @TempDir static Path folder;
  private static RealIssuer issuer;
  private static Serving serving;

  @BeforeAll
  static void start() throws Exception {
    String provider = System.getenv(RealIssuer.VARIABLE);
    assumeTrue(provider != null, RealIssuer.VARIABLE + " names no folder with oidc-provider");
    issuer = RealIssuer.start(provider);
    Home home = new Home(folder.resolve("home"));
    HostileHome.fill(folder.resolve("home"));
    try (Database database = Database.open(DatabaseConfig.h2(home.database()))) {
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
  @CsvSource({
    // role, resource, reads, checks a spec, raises a budget
    "viewer, urn:piecrust, 200, 403, 403",
    "operator, urn:piecrust, 200, 200, 403",
    "admin, urn:piecrust, 200, 200, 200",
    "cook, urn:piecrust, 403, 403, 403",
    "admin, urn:piecrust:elsewhere, 401, 401, 401",
    "admin, urn:piecrust:expired, 401, 401, 401",
    "admin, urn:piecrust:early, 401, 401, 401",
    "admin, urn:piecrust:foreign, 401, 401, 401"
  })
  void letsProgramsDoWhatTheirRoleMay(String role, String resource, int read, int check, int budget)
      throws Exception {
    String token = issuer.token(role, resource);
    assertThat(serving.get(CAMPAIGN, token).statusCode()).isEqualTo(read);
    assertThat(serving.get(CAMPAIGN + "/features", token).statusCode()).isEqualTo(read);
    assertThat(serving.post("/api/v1/specs/check", token, "{\"spec\": \"\"}").statusCode())
        .isEqualTo(check);
    HttpResponse<String> raised = serving.post(CAMPAIGN + "/budget", token, HIGHER);
    assertThat(raised.statusCode()).as(raised.body()).isEqualTo(budget);
  }
}
