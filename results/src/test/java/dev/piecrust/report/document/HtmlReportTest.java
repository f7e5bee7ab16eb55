package dev.piecrust.report.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.report.file.BuildVersion;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The report of a campaign as one page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HtmlReportTest {
  private SmallCampaign campaign;
  private String page = "";

  @BeforeAll
  void export(@TempDir Path folder) throws IOException {
    campaign = new SmallCampaign(folder.resolve("home"));
    campaign.reports.export(SmallCampaign.ID, ExportFormat.HTML, folder.resolve("out"));
    page = Files.readString(folder.resolve("out").resolve("report.html"));
  }

  @AfterAll
  void close() {
    campaign.close();
  }

  @Test
  void drawsAPointForEachMeanWhereItsNumberSays() throws Exception {
    List<double[]> fap = new ArrayList<>();
    List<double[]> random = new ArrayList<>();
    NodeList paths = chart().getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      Element path = (Element) paths.item(i);
      if (path.getAttribute("class").equals("mark")) {
        (path.getTextContent().startsWith("fap ") ? fap : random).add(start(path));
      }
    }
    assertThat(fap).hasSize(2);
    assertThat(random).hasSize(2);
    // Down a page is up in numbers: 3.00 above 1.00, and half of it at the larger budget.
    assertThat(random.get(0)[1]).isLessThan(fap.get(0)[1]);
    assertThat(fap.get(1)[1] - fap.get(0)[1]).isPositive();
    assertThat(fap.get(1)[0]).isGreaterThan(fap.get(0)[0]);
    assertThat(chart().getTextContent())
        .contains("fap at K=2: 1.00 nats, 95 % 0.500–1.50, 2 prompts");
  }

  @Test
  void saysWhatCameOutFirstThenDrawsItThenHasTheNumbers() {
    List<Integer> places =
        Stream.of(
                "<dl class=\"found\">",
                "id=\"caveats\"",
                "id=\"figures\"",
                "<table",
                "id=\"glossary\"")
            .map(page::indexOf)
            .toList();
    assertThat(places).doesNotContain(-1).isSorted();
    assertThat(page)
        .contains("<dt>kept</dt><dd><p>ioi: ")
        .contains("There are 3 prompts without a result")
        .contains("held out: one circuit for all of");
  }

  @Test
  void hasTheNumbersOfTheTables() {
    assertThat(page)
        .contains(
            "<td class=\"name\">random</td><td class=\"figure\">3.00 <span"
                + " class=\"soft\">(1.41)</span></td>")
        .contains("<b>1.00</b> <span class=\"soft\">(0.707)</span>")
        .contains("The next best, random, needs more than 2 occurrences a prompt for the in-sample")
        .contains("<td class=\"figure\">1.00 – 2.00</td>");
  }

  @Test
  void saysWhatFailedAndWhatWasRun() {
    assertThat(page)
        .contains("ioi prompt 2: a logit is not a number")
        .contains("<dt>campaign</dt><dd>" + SmallCampaign.ID + "</dd>")
        .contains("<dt>fingerprint of both</dt><dd>" + "f".repeat(64))
        .contains("&quot;budgets&quot; : [")
        .contains("<dt>PieCrust</dt><dd>" + BuildVersion.read());
  }

  @Test
  void needsNothingFromElsewhereAndRunsNothing() {
    assertThat(page)
        .doesNotContain("<script", "src=", "url(", "@import", "<link", "http://", "https://")
        .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
  }

  @Test
  void hasTheColoursOfThePagesByDayAndByNight() {
    String css = ReportStyle.text("/META-INF/resources/assets/tokens.css");
    assertThat(colours(css, "--m-fap")).hasSize(2).doesNotHaveDuplicates();
    assertThat(colours(page, "--m-fap")).isEqualTo(colours(css, "--m-fap"));
    assertThat(page)
        .containsPattern(
            "@media \\(prefers-color-scheme: dark\\) \\{ :root \\{\\s+color-scheme: dark;")
        .doesNotContain("data-theme");
  }

  private Element chart() throws Exception {
    String svg = page.substring(page.indexOf("<svg class=\"chart\""));
    svg = svg.substring(0, svg.indexOf("</svg>") + "</svg>".length());
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  /** Where an outline begins. */
  private static double[] start(Element path) {
    String[] numbers = path.getAttribute("d").substring(1).split("[ a-z]", 3);
    return new double[] {Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])};
  }

  private static List<String> colours(String css, String name) {
    return Pattern.compile(name + ": (#\\w+);")
        .matcher(css)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
