package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.StandInLlm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The HTML report of a campaign, opened from the disk with no server anywhere: as fit as every
 * page, though what a language model wrote into it is hostile.
 */
class ReportIT {
  private static final Pattern ID = Pattern.compile("names-of-people-[0-9a-f]{8}");
  private static final String HOSTILE =
      "</td></table><script>alert(1)</script><img src=x onerror=alert(2)> names";

  @TempDir Path folder;

  @Test
  void opensFromTheDiskOnADeskAndAPhoneByDayAndByNight() throws Exception {
    export();
    try (Chromium chromium = Chromium.start()) {
      List<String> faults = new ArrayList<>();
      for (Look look : Look.ALL) {
        try (Viewer viewer = chromium.viewer(folder.toUri().toString(), look)) {
          List<String> asked = new ArrayList<>();
          viewer.page().context().onRequest(request -> asked.add(request.url()));
          viewer.open("out/report.html");
          faults.addAll(EveryPageIT.faults(viewer, "report " + look.name()));
          assertThat(asked).singleElement().asString().endsWith("/out/report.html");
          showsCurvesAndTheirNumbers(viewer);
        }
      }
      assertThat(faults).isEmpty();
    }
  }

  private static void showsCurvesAndTheirNumbers(Viewer viewer) {
    // Random goes on to more budgets than the spec has.
    assertThat(viewer.page().locator("svg.chart path.mark").count())
        .isGreaterThan(2 * 2)
        .isEqualTo(viewer.page().locator("#ioi-measures tbody tr").count());
    assertThat(viewer.page().locator("svg.chart").first().boundingBox().height).isGreaterThan(200);
    assertThat(viewer.page().locator("#ioi-kl tbody tr").count()).isEqualTo(2);
    assertThat(viewer.page().locator("#features tbody tr td.text").first().innerText())
        .isEqualTo(HOSTILE);
    assertThat(viewer.page().locator("img, script").count()).isZero();
  }

  private void export() throws Exception {
    Program program =
        new Program(folder.resolve("home")).with(PaidSpec.KEY_VARIABLE, "sk-0123456789abcdef");
    String out = folder.resolve("out").toString();
    try (StandInLlm llm = new StandInLlm().describing(HOSTILE)) {
      Path spec = folder.resolve("paid.yaml");
      Files.writeString(spec, new PaidSpec("names-of-people", llm.baseUrl(), "5").text());
      Matcher id = ID.matcher(program.run("run", spec.toString(), "--out", out));
      assertThat(id.find()).isTrue();
      program.run("export", id.group(), "--format", "html", "--out", out);
    }
  }
}
