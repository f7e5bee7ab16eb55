package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.embedded.StandInLlm;
import dev.piecrust.embedded.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page, on a desk and on a phone, by day and by night: it has a heading, all of its controls
 * are named, it does not scroll sideways, and nothing breaks. With {@code
 * -Dpiecrust.screenshots=FOLDER} it looks at the demo campaign, and leaves pictures there.
 */
class EveryPageIT {
  private static final Optional<String> PICTURES =
      Optional.ofNullable(System.getProperty("piecrust.screenshots"));

  private static final Pattern DEMO = Pattern.compile("demo-quick-[0-9a-f]{8}");

  /** What a page may bring over the network where nothing of it is there yet. */
  private static final int BYTES_OF_PAGE = 300_000;

  @TempDir Path folder;

  @Test
  void isFitForEyesKeyboardsAndReaders() throws Exception {
    try (Chromium chromium = Chromium.start();
        StandInLlm llm = new StandInLlm()) {
      Program program =
          new Program(folder.resolve("home")).with(PaidSpec.KEY_VARIABLE, "sk-0123456789abcdef");
      campaigns(program, llm);
      try (Serving serving = Serving.start(program)) {
        Map<String, String> pages;
        try (Viewer scout = chromium.viewer(serving.pages()).entersBy(serving.entrance())) {
          pages = pages(scout);
        }
        List<String> faults = new ArrayList<>();
        for (Look look : Look.ALL) {
          try (Viewer viewer =
              chromium.viewer(serving.pages(), look).entersBy(serving.entrance())) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
              viewer.open(page.getValue());
              viewer.settles();
              faults.addAll(faults(viewer, page.getKey() + " " + look.name()));
              picture(viewer, page.getKey(), look);
            }
          }
          if (PICTURES.isPresent()) {
            report(chromium, look);
          }
        }
        assertThat(faults).isEmpty();
      }
    }
  }

  private void campaigns(Program program, StandInLlm llm) throws Exception {
    String out = folder.resolve("out").toString();
    if (PICTURES.isPresent()) {
      Matcher demo = DEMO.matcher(program.run("demo", "--quick", "--out", out));
      assertThat(demo.find()).isTrue();
      program.run("export", demo.group(), "--format", "html", "--out", out);
    }
    Path spec = folder.resolve("paid.yaml");
    Files.writeString(spec, new PaidSpec("names-of-people", llm.baseUrl(), "5").text());
    program.run("run", spec.toString(), "--out", out);
    program.run("run", TrainingSpec.withTask(folder).toString(), "--yes", "--out", out);
  }

  /** The demo campaign's report, from the disk. */
  private void report(Chromium chromium, Look look) {
    try (Viewer viewer = chromium.viewer(folder.toUri().toString(), look)) {
      viewer.open("out/report.html");
      picture(viewer, "report", look);
    }
  }

  /** By name; what a campaign has is found as a person finds it. */
  private static Map<String, String> pages(Viewer scout) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("campaigns", "/campaigns");
    String wanted = PICTURES.isPresent() ? "demo" : "names";
    pages.put("campaign", follow(scout, "/campaigns", "tbody th a[href*='" + wanted + "']"));
    pages.put("new-campaign", "/campaigns/new");
    pages.put("training", follow(scout, "/campaigns", "tbody th a[href*='/own-']"));
    pages.put("new-training", "/campaigns/new?begin=training");
    pages.put("features", pages.get("campaign") + "/features");
    pages.put("feature", follow(scout, pages.get("features"), "main a[href*='/features/']"));
    pages.put("prompts", pages.get("campaign") + "/prompts/ioi");
    pages.put("prompt", follow(scout, pages.get("prompts"), "main a[href*='/prompts/ioi/']"));
    pages.put("last-feature", follow(scout, pages.get("prompt"), "#kept tr:last-child a"));
    pages.put("compare", compare(scout));
    pages.put("workers", "/workers");
    pages.put("ledger", "/ledger");
    pages.put("call", follow(scout, "/ledger", "main a[href*='/ledger/calls/']"));
    pages.put("missing", "/nowhere");
    return pages;
  }

  private static String follow(Viewer scout, String from, String link) {
    scout.open(from);
    return scout.page().locator(link).first().getAttribute("href");
  }

  private static String compare(Viewer scout) {
    scout.open("/campaigns");
    StringBuilder address = new StringBuilder("/compare");
    scout
        .page()
        .locator("tbody th a:not([href*='/own-'])")
        .all()
        .forEach(
            link ->
                address
                    .append(address.indexOf("?") < 0 ? "?" : "&")
                    .append("campaign=")
                    .append(link.getAttribute("href").substring("/campaigns/".length())));
    return address.toString();
  }

  /** What is wrong with the page that is open. */
  static List<String> faults(Viewer viewer, String name) throws IOException {
    Page page = viewer.page();
    List<String> faults = new ArrayList<>();
    if (page.locator("h1").count() != 1) {
      faults.add(name + " has no heading, or several");
    }
    int bytes =
        (Integer)
            page.evaluate(
                "performance.getEntries().reduce((sum, e) => sum + (e.encodedBodySize || 0), 0)");
    if (bytes > BYTES_OF_PAGE) {
      faults.add("%s weighs %,d bytes".formatted(name, bytes));
    }
    if (!(Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")) {
      faults.add(name + " scrolls sideways");
    }
    Axe.violations(page).forEach(violation -> faults.add(name + ": " + violation));
    viewer.complaints().stream()
        // A browser complains of every page that is not there.
        .filter(complaint -> !(name.startsWith("missing") && complaint.contains("404")))
        .forEach(complaint -> faults.add(name + ": " + complaint));
    viewer.forget();
    return faults;
  }

  /** Takes a picture of it where pictures are wanted. */
  private static void picture(Viewer viewer, String name, Look look) {
    PICTURES.ifPresent(
        pictures ->
            viewer
                .page()
                .screenshot(
                    new Page.ScreenshotOptions()
                        .setPath(Path.of(pictures, name + "-" + look.name() + ".png"))
                        .setFullPage(true)));
  }
}
