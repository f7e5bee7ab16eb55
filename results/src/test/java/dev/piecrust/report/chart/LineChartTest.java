package dev.piecrust.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {
  private static final String CSS =
      ".method-fap { --m: red; --mark: rect; } .method-acdc { --mark: circle; }";
  private final LineChart chart = new LineChart(CSS);

  @Test
  void putsEqualFactorsAtEqualDistances() {
    LogAxis axis = new LogAxis(0.01, 10, 100, 400);
    assertThat(axis.at(0.01)).isEqualTo(100, within(1e-9));
    assertThat(axis.at(0.1)).isEqualTo(200, within(1e-9));
    assertThat(axis.at(10)).isEqualTo(400, within(1e-9));
    assertThat(axis.decades()).hasSize(4).startsWith(0.01).endsWith(10.0);
  }

  @Test
  void drawsWhatLiesOutsideAtTheEdge() {
    LogAxis axis = new LogAxis(0.01, 10, 400, 100);
    assertThat(axis.at(0)).isEqualTo(400);
    assertThat(axis.at(1e9)).isEqualTo(100);
  }

  @Test
  void escapesEveryText() {
    Line line = line("fap", false, point(2, 1, "<script>\"a\" & b"));
    assertThat(chart.draw("</title><script>", List.of(line)).orElseThrow())
        .contains("&lt;/title&gt;&lt;script&gt;", "&lt;script&gt;&quot;a&quot; &amp; b")
        .doesNotContain("<script");
  }

  @Test
  void drawsAPublishedFigureAsARingWithoutALine() {
    String svg =
        chart
            .draw(
                "",
                List.of(line("fap", false, point(2, 1, "")), line("fap", true, point(4, 2, ""))))
            .orElseThrow();
    assertThat(svg.split("class=\"ring\"", -1)).hasSize(2);
    assertThat(svg.split("class=\"line\"", -1)).hasSize(2);
  }

  @Test
  void marksEachMethodAsTheStyleSheetSays() {
    assertThat(chart.sample("fap")).isEqualTo("M13 4h8v8h-8z");
    assertThat(chart.sample("acdc")).startsWith("M13 8a4 4");
    assertThat(chart.sample("unheard-of")).isEqualTo(chart.sample("acdc"));
  }

  @Test
  void namesNoMoreBudgetsThanThereIsRoomFor() {
    List<Line.Point> crowd =
        java.util.stream.IntStream.range(100, 200).mapToObj(k -> point(k, 1, "")).toList();
    String svg = chart.draw("", List.of(new Line("fap", false, crowd))).orElseThrow();
    assertThat(svg).contains(">100</text>").doesNotContain(">101</text>");
  }

  @Test
  void hasNoPictureOfWhatLosesNothing() {
    assertThat(chart.draw("", List.of(line("fap", false, point(2, 0, ""))))).isEmpty();
    assertThat(chart.draw("", List.of())).isEmpty();
  }

  private static Line line(String method, boolean published, Line.Point point) {
    return new Line(method, published, List.of(point));
  }

  private static Line.Point point(int budget, double kl, String words) {
    return new Line.Point(budget, kl, kl, kl, words);
  }
}
