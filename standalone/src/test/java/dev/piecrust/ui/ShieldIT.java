package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Json;
import dev.piecrust.embedded.HostileHome;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.embedded.StandInLlm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What pages must withstand: texts that would like to be scripts, viewers that would like to act.
 */
class ShieldIT {
  private static final String SCRIPT = "<img src=x onerror=window.hacked=1>";
  private static final String BREAKOUT = "</textarea></script><script>window.hacked=1</script>";
  private static final String ACT = "an operator's token 123";
  private static final String LOOK = "a viewer's token 12345";

  @TempDir Path folder;

  @Test
  void showsHostileTextAsText() throws Exception {
    Path hostile = Files.createDirectory(folder.resolve(SCRIPT));
    Files.createSymbolicLink(hostile.resolve(SCRIPT), Program.ROOT.resolve("demo/model"));
    try (Chromium chromium = Chromium.start();
        StandInLlm llm = new StandInLlm().describing(SCRIPT + BREAKOUT);
        Serving serving = Serving.start(program());
        Viewer ada = chromium.viewer(serving.pages()).entersBy(serving.entrance())) {
      ada.open("/campaigns/new");
      ada.page().locator("#spec").fill("name: '" + BREAKOUT + "'\n" + SCRIPT + ": {");
      ada.sees("#problems", "YAML");
      ada.page().locator("#spec").fill("name: '" + BREAKOUT + "'\n");
      ada.sees("[data-wrong='name']", BREAKOUT);
      isUnharmed(ada);

      String spec =
          new PaidSpec("hostile", llm.baseUrl(), "5")
              .text()
              .replace(
                  Program.ROOT.resolve("demo") + "/model", "'" + hostile.resolve(SCRIPT) + "'");
      ada.page().locator("#spec").fill(spec);
      ada.clickOnceEnabled("#start");
      ada.seesState("finished");
      ada.sees("#live", SCRIPT);
      isUnharmed(ada);
      String campaign = ada.page().url().substring(serving.pages().length());
      for (String path :
          List.of(
              "/campaigns",
              "/campaigns?text=" + "%22%3E%3Cscript%3Ewindow.hacked%3D1%3C/script%3E",
              campaign + "/features",
              campaign + "/prompts/ioi",
              "/campaigns/new?from=" + campaign.substring("/campaigns/".length()),
              "/compare",
              "/workers",
              "/ledger")) {
        ada.open(path);
        ada.settles();
        isUnharmed(ada);
      }
      ada.open("/%3Cscript%3Ewindow.hacked=1%3C/script%3E");
      assertThat(ada.page().evaluate("window.hacked")).isNull();
    }
  }

  /** Names, models, errors, events and who caused them, predictions, evidence, texts of calls. */
  @Test
  void runsNothingThatWasPlanted() throws Exception {
    Path home = folder.resolve("home");
    long call = HostileHome.fill(home);
    try (Chromium chromium = Chromium.start();
        Serving serving = Serving.start(program());
        Viewer ada = chromium.viewer(serving.pages()).entersBy(serving.entrance())) {
      for (String path :
          List.of(
              "/campaigns",
              "/campaigns/first",
              "/campaigns/first/features",
              "/campaigns/first/features/1/2",
              "/campaigns/first/prompts/ioi?method=fap&budget=50",
              "/campaigns/first/prompts/ioi/0?method=fap&budget=50&cell=1-0",
              "/campaigns/new?from=first",
              "/compare?campaign=first&campaign=second",
              "/ledger?campaign=first",
              "/ledger/calls/" + call,
              "/workers")) {
        ada.open(path);
        ada.settles();
        isUnharmed(ada);
      }
    }
  }

  private static void isUnharmed(Viewer viewer) {
    assertThat(viewer.page().evaluate("window.hacked")).as(viewer.page().url()).isNull();
    assertThat(viewer.page().locator("img").count()).isZero();
    viewer.hasNoComplaint();
  }

  @Test
  void letsAViewerLookAndNotAct() throws Exception {
    try (Chromium chromium = Chromium.start();
        StandInLlm llm = new StandInLlm();
        Serving serving = Serving.start(program());
        Viewer viewer = chromium.viewer(serving.pages());
        Viewer stranger = chromium.viewer(serving.pages())) {
      String spec = new PaidSpec("seen", llm.baseUrl(), "5").text();
      String id =
          serving
              .post("/api/v1/campaigns", ACT, Json.write(Map.of("spec", spec, "folder", "/")))
              .body()
              .replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
      viewer.entersWith(LOOK);
      assertThat(viewer.has("text=New campaign")).isFalse();
      viewer.open("/campaigns/" + id);
      viewer.sees("h1", "seen");
      for (String act : List.of("Pause", "Budget…", "Cancel", "Retry failed", "Export")) {
        assertThat(viewer.has("text=" + act)).as(act).isFalse();
      }
      viewer.hasNoComplaint();
      for (String act : List.of("pause", "finish", "cancel", "retry", "budget")) {
        assertThat(post(viewer, "/api/v1/campaigns/" + id + "/" + act)).as(act).isEqualTo(403);
      }
      assertThat(post(viewer, "/api/v1/specs/check")).isEqualTo(403);
      assertThat(viewer.open("/campaigns/new").status()).isEqualTo(403);
      viewer.sees("h1", "This is not yours to do");

      assertThat(stranger.open("/campaigns/" + id).status()).isEqualTo(401);
      stranger.sees("h1", "Who is there?");
      assertThat(stranger.page().content()).doesNotContain("seen");
    }
  }

  private static Object post(Viewer viewer, String path) {
    return viewer
        .page()
        .evaluate(
            "path => fetch(path, {method: 'POST', headers: {'Content-Type': 'application/json'},"
                + " body: '{}'}).then(answer => answer.status)",
            path);
  }

  private Program program() {
    return new Program(folder.resolve("home"))
        .with(PaidSpec.KEY_VARIABLE, "sk-0123456789abcdef")
        .with("PIECRUST_API_TOKEN", ACT)
        .with("PIECRUST_VIEW_TOKEN", LOOK);
  }
}
