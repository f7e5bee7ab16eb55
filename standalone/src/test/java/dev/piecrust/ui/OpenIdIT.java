package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.serve.StandInIssuer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who sign in at an issuer of OpenID Connect, in a real browser. */
class OpenIdIT {
  @TempDir Path folder;

  @Test
  void letsInWhomTheIssuerKnowsAsWhatItSays() throws Exception {
    try (StandInIssuer issuer = new StandInIssuer();
        Chromium chromium = Chromium.start();
        Serving serving = Serving.start(program(issuer));
        Viewer ada = chromium.viewer(serving.pages());
        Viewer ben = chromium.viewer(serving.pages());
        Viewer eve = chromium.viewer(serving.pages())) {
      issuer.expect("ada", "operator");
      assertThat(ada.open("/campaigns").status()).isEqualTo(401);
      signIn(ada);
      ada.sees("h2", "Nothing has been asked of PieCrust yet");
      assertThat(ada.page().url()).isEqualTo(serving.pages() + "/campaigns");
      assertThat(session(ada)).contains("\"name\":\"ada\"", "operator");
      assertThat(ada.open("/campaigns/new").status()).isEqualTo(200);
      assertThat(ada.page().context().cookies())
          .filteredOn(cookie -> cookie.name.startsWith("q_session"))
          .isNotEmpty()
          .allMatch(cookie -> cookie.httpOnly)
          .noneMatch(OpenIdIT::isReadable);

      issuer.expect("ben", "viewer");
      ben.open("/campaigns");
      signIn(ben);
      ben.sees("h1", "Campaigns");
      Response refused = ben.open("/campaigns/new");
      assertThat(refused.status()).isEqualTo(403);
      ben.sees("p", "ben may not do this");

      issuer.expect("", "");
      eve.open("/campaigns");
      signIn(eve);
      eve.sees("[role=alert]", "You were not signed in");
      assertThat(eve.open("/campaigns").status()).isEqualTo(401);
    }
  }

  private Program program(StandInIssuer issuer) {
    return new Program(folder.resolve("home"))
        .with("PIECRUST_OIDC_ISSUER", issuer.address())
        .with("PIECRUST_OIDC_CLIENT_ID", StandInIssuer.CLIENT)
        .with("PIECRUST_OIDC_CLIENT_SECRET", "a secret of the client, long enough")
        .with("PIECRUST_OIDC_ROLES_CLAIM", "piecrust/roles");
  }

  private static void signIn(Viewer viewer) {
    viewer.forget(); // a browser notes that a stranger was refused
    viewer.click("a:has-text('Sign in')");
  }

  private static String session(Viewer viewer) {
    return viewer.page().evaluate("fetch('/api/v1/session').then(a => a.text())").toString();
  }

  /** Whether a cookie shows the tokens that it holds. */
  private static boolean isReadable(Cookie cookie) {
    return cookie.value.contains("eyJhbGciOiJSUzI1NiI");
  }
}
