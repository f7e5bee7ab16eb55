package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.embedded.StandInLlm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign from its form to its export, in a real browser on the packaged program. */
@Tag("measured")
class BrowserIT {
  private static final String TOLD_WITHIN = "milliseconds until what another did was seen";

  @TempDir Path folder;

  @Test
  void startsWatchesSteersAndExportsACampaign() throws Exception {
    try (Chromium chromium = Chromium.start();
        StandInLlm llm = new StandInLlm().taking(Duration.ofMillis(150));
        Serving serving = Serving.start(program());
        Viewer ada = chromium.viewer(serving.pages()).entersBy(serving.entrance());
        Viewer ben = chromium.viewer(serving.pages()).entersBy(serving.entrance())) {
      ada.sees("h2", "Nothing has been asked of PieCrust yet");
      ben.sees("h2", "Nothing has been asked of PieCrust yet");
      startFromTheForm(ada, llm);

      ben.sees("tbody th", "first");
      ben.click("tbody th a");
      watchAndSteer(ada, ben);
      spendAndRaise(ada, ben);
      takeAChart(ada);
      export(ada);
      lookAround(ada);
      compare(ada);
      ada.hasNoComplaint();
      ben.hasNoComplaint();
    }
  }

  private Program program() {
    return new Program(folder.resolve("home")).with(PaidSpec.KEY_VARIABLE, "sk-0123456789abcdef");
  }

  private static void startFromTheForm(Viewer ada, StandInLlm llm) {
    ada.click("text=New campaign");
    ada.sees("#estimate th", "passes of a prompt");
    // From the text to the form …
    Locator text = ada.page().locator("#spec");
    text.fill(new PaidSpec("first", llm.baseUrl(), "0.01").text());
    ada.holds("[data-path='limits.usd']", Pattern.compile("0\\.01"));
    ada.sees("#estimate", "The expected cost is over the cap");
    seesWhatPricesAreWorth(ada, text, llm);
    // … and from the form to the text, with what is wrong at its field.
    Locator budgets = ada.page().locator("[data-path='prune.budgets']");
    budgets.fill("10, nonsense");
    ada.sees("[data-wrong='prune.budgets']", "expected");
    assertThat(ada.page().locator("#start").isDisabled()).isTrue();
    budgets.fill("10, 20");
    ada.sees("#estimate th", "LLM calls");
    ada.page().locator("[data-path='limits.usd']").fill("0.06");
    ada.holds("#spec", Pattern.compile("usd: 0\\.06"));
    ada.sees("#start", "Start, for $0.06 at most");
    ada.clickOnceEnabled("#start");
    ada.page().waitForURL("**/campaigns/first-*");
  }

  /** One that is old is said to be so, and one that nobody knows is not made up. */
  private static void seesWhatPricesAreWorth(Viewer ada, Locator text, StandInLlm llm) {
    String paid = new PaidSpec("first", llm.baseUrl(), "0.01").text();
    text.fill(
        paid.replace("provider: openai", "provider: anthropic")
            .replace("model: stand-in", "model: claude-opus-4")
            .replaceAll(" *(base_url|price): .*\n", "")
            .replace(PaidSpec.KEY_VARIABLE, "ANTHROPIC_API_KEY"));
    ada.sees("#estimate .note", "The price of anthropic's claude-opus-4 is of 2025-11-30");
    text.fill(paid.replace("price: {input: 10, output: 100}", "price: unknown"));
    ada.sees("#estimate tr:has(th:text-is('USD')) td", "unknown");
    text.fill(paid);
    ada.sees("#estimate", "The expected cost is over the cap");
  }

  private static void watchAndSteer(Viewer ada, Viewer ben) {
    // Without a reload: the page is the same document all the time.
    ada.page().evaluate("document.body.dataset.same = 'yes'");
    ada.sees(".timeline li", "score ioi");
    long paused = pauseWithALateAnswer(ada, ben);
    ben.click("text=Resume");
    ben.sees("#said", "Asked to go on");
    long resumed = Viewer.millis(() -> ada.sees("#events", "resumed by"));
    // The better of both: a machine that is busy with something else proves nothing.
    assertThat(Math.min(paused, resumed)).as(TOLD_WITHIN).isLessThan(2_000);
  }

  /**
   * What a click did is told in its own words, though the page changed before the answer came.
   *
   * @return milliseconds until the other one saw it
   */
  private static long pauseWithALateAnswer(Viewer ada, Viewer ben) {
    AtomicLong seen = new AtomicLong();
    ada.page()
        .route(
            "**/pause",
            route -> {
              APIResponse answer = route.fetch();
              seen.set(Viewer.millis(() -> ben.seesState("paused")));
              ada.seesState("paused");
              route.fulfill(new Route.FulfillOptions().setResponse(answer));
            },
            new Page.RouteOptions().setTimes(1));
    ada.click("text=Pause");
    ada.sees("#said", "Asked to pause");
    return seen.get();
  }

  private static void spendAndRaise(Viewer ada, Viewer ben) {
    ada.seesState("paused for budget");
    ben.seesState("paused for budget");
    ada.click("text=Budget…");
    ada.hasNoComplaint();
    ada.page().locator("#usd").fill("0.001");
    ada.click("#budget button.primary");
    ada.sees("#budget .wrong", "expected more than that");
    assertThat(ada.complaints()).singleElement().asString().contains("409", "/budget");
    ada.forget(); // a browser notes every request that is refused
    ada.page().locator("#usd").fill("5");
    ada.click("#budget button.primary");
    ada.sees("#said", "The budget is raised");
    ben.sees("#events", "cap raised from 0.06 to 5 USD");
    ada.seesState("finished");
    ben.seesState("finished");
    assertThat(ada.page().evaluate("document.body.dataset.same")).isEqualTo("yes");
    assertThat(ada.page().locator("#numbers tbody tr").count()).isEqualTo(2);
    ada.page().waitForSelector("#fidelity[data-drawn] canvas");
    ada.page().waitForSelector("#spend[data-drawn] canvas");
  }

  private static void takeAChart(Viewer ada) throws IOException {
    assertThat(Files.readString(chart(ada, "SVG"))).startsWith("<svg").contains("random", "fap");
    assertThat(ImageIO.read(chart(ada, "PNG").toFile()).getWidth()).isGreaterThan(600);
  }

  /** The chart of fidelity as a file. */
  private static Path chart(Viewer ada, String form) {
    String button = "#fidelity + .take button:has-text('%s')".formatted(form);
    Download download = ada.page().waitForDownload(() -> ada.click(button));
    assertThat(download.suggestedFilename())
        .startsWith("first-")
        .endsWith("-fidelity." + form.toLowerCase(Locale.ROOT));
    return download.path();
  }

  private static void export(Viewer ada) {
    ada.click("details.menu summary");
    Download download =
        ada.page().waitForDownload(() -> ada.click("text=Export: the paper's files"));
    assertThat(download.suggestedFilename()).startsWith("first-").endsWith("-pie.zip");
    assertThat(download.failure()).isNull();
  }

  private static void lookAround(Viewer ada) {
    String campaign = ada.page().url();
    ada.click("#look a:has-text('Features')");
    ada.sees("h1", "Features");
    ada.click("table.features tbody th a");
    ada.sees("h2", "Where it is active");
    ada.page().waitForSelector("[data-chart='activations'][data-drawn] canvas");
    ada.page().navigate(campaign);
    ada.click("a:has-text('Prompts of ioi')");
    ada.click("main a[href*='/prompts/ioi/']");
    ada.sees("h2", "Where the kept occurrences are");
    ada.page().locator("#method").selectOption("random");
    ada.sees(".lead", "random keeps 10 of");
    ada.page().locator("#method").selectOption("fap");
    ada.sees(".lead", "fap keeps 10 of");
    ada.click("#kept tr:has(.clamp) th a");
    ada.sees("h2", "Prompts that keep it");
    ada.click("nav a:has-text('Ledger')");
    ada.sees("h1", "Ledger");
    ada.click("nav a:has-text('Workers')");
    ada.sees("h1", "Workers");
    ada.page().navigate(campaign);
  }

  /** A clone without its language model, beside the first. */
  private static void compare(Viewer ada) {
    ada.click("details.menu summary");
    ada.click("text=Clone as new");
    ada.holds("#spec", Pattern.compile("name: first"));
    Locator text = ada.page().locator("#spec");
    String clone = text.inputValue();
    assertThat(clone).contains("interpret:", "evaluate:");
    text.fill(clone.replaceAll("(?s)interpret:.*", "").replace("name: first", "name: second"));
    ada.clickOnceEnabled("#start");
    ada.page().waitForURL("**/campaigns/second-*");
    ada.seesState("finished");
    ada.click("nav a:has-text('Compare')");
    ada.page().getByRole(AriaRole.CHECKBOX).all().forEach(Locator::check);
    ada.click("main button:has-text('Compare')");
    ada.sees("h2", "ioi: fidelity against budget");
    ada.page().waitForSelector("[data-chart='compare'][data-drawn] canvas");
    ada.sees("summary", "paired over the same prompts");
    ada.sees("h2", "Settings that differ");
  }
}
