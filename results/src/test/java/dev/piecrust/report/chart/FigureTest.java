package dev.piecrust.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.report.Latex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures as SVG, PDF and for pgfplots. */
class FigureTest {
  private static final String CSS =
      ":root { --m-fap: #0067ad; } dark { --m-fap: #5cb0f2; }"
          + " .method-fap { --m: var(--m-fap); --mark: rect; --dash: 6 3; }";

  private static final Plot PLOT =
      new Plot(
          "fidelity-my_task",
          "50 % & <b>",
          "kept K_1",
          "KL (nats)",
          true,
          true,
          List.of(
              new Plot.Series(
                  "fap & 100 %",
                  Look.of("fap", CSS),
                  false,
                  List.of(new Plot.Point(10, 1, 0, 2), new Plot.Point(100, 0.1, 0.05, 0.2))),
              new Plot.Series(
                  "other",
                  Look.PLAIN,
                  false,
                  List.of(Plot.Point.of(10, 0), Plot.Point.of(100, 1)))));

  private static final Plot STEPS =
      new Plot(
          "scores",
          "scores",
          "score",
          "share",
          false,
          false,
          List.of(
              new Plot.Series(
                  "clarity (2)",
                  Look.PLAIN,
                  true,
                  List.of(Plot.Point.of(0, 0), Plot.Point.of(0.5, 1), Plot.Point.of(1, 1)))));

  private static final HeatMap MAP =
      new HeatMap(
          "overlap",
          "overlap",
          List.of("fap", "random"),
          List.of(List.of(1.0, 0.25), List.of(0.25, Double.NaN)));

  @Test
  void takesColoursOfPaperAndMarksFromTheStyleSheet() {
    assertThat(Look.of("fap", CSS)).isEqualTo(new Look("#0067ad", "rect", List.of(6.0, 3.0)));
    assertThat(Look.of("unheard-of", CSS)).isEqualTo(new Look("#666c75", "circle", List.of()));
  }

  @Test
  void drawsSvgThatStandsByItself() throws Exception {
    for (Figure figure : List.of(PLOT, STEPS, MAP)) {
      String svg = FigureDrawing.svg(figure);
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                  .getDocumentElement()
                  .getTagName())
          .isEqualTo("svg");
      assertThat(svg).doesNotContain("<b>", "class=", "NaN");
    }
    assertThat(FigureDrawing.svg(PLOT)).contains("50 % &amp; &lt;b&gt;", "#0067ad", ">100</text>");
  }

  /** From 10 to 100 with a tenth of room on both sides; 1 is one of two decades below 10. */
  @Test
  void putsPointsWhereTheAxesSay() {
    String svg = FigureDrawing.svg(PLOT);
    double x = 54 + 354 * Math.log(1.1) / Math.log(100 * 1.1 * 1.1 / 10);
    // KL from 0.05 to 2: decades 0.01 to 10, of which 1 is two thirds up.
    double y = 250 - 236 * 2.0 / 3;
    assertThat(svg).contains("d=\"M%.2f %.2fL".formatted(x, y).replaceAll("0(?=[ L])", ""));
  }

  @Test
  void writesPdfWhoseTableOfObjectsIsRight() {
    for (Figure figure : List.of(PLOT, STEPS, MAP)) {
      String pdf = new String(FigureDrawing.pdf(figure), StandardCharsets.ISO_8859_1);
      assertThat(pdf).startsWith("%PDF-1.4\n").endsWith("%%EOF\n").doesNotContain("NaN");
      List<MatchResult> offsets =
          Pattern.compile("(\\d{10}) 00000 n").matcher(pdf).results().toList();
      assertThat(offsets).hasSize(6);
      for (int i = 0; i < 6; i++) {
        assertThat(pdf.substring(Integer.parseInt(offsets.get(i).group(1))))
            .startsWith((i + 1) + " 0 obj\n");
      }
      int table = Integer.parseInt(pdf.replaceAll("(?s).*startxref\n(\\d+)\n.*", "$1"));
      assertThat(pdf.substring(table)).startsWith("xref\n");
      MatchResult stream =
          Pattern.compile("(?s)/Length (\\d+)>>\nstream\n(.*?)endstream")
              .matcher(pdf)
              .results()
              .findFirst()
              .orElseThrow();
      assertThat(stream.group(2)).hasSize(Integer.parseInt(stream.group(1)));
    }
  }

  @Test
  void leavesOutOfLogarithmicAxesWhatTheyCannotShow() {
    assertThat(Pgfplots.of(PLOT))
        .contains("(10.0000,1.00000) += (0,1.00000) -= (0,0.999000)")
        .contains("fap \\& 100 \\%", "xlabel={kept K\\_1}", "mark=square*")
        .doesNotContain("(10.0000,0.00000)");
  }

  @Test
  void compilesWithLatex(@TempDir Path folder) throws IOException, InterruptedException {
    Latex.require(folder, "pgfplots.sty");
    StringBuilder body = new StringBuilder();
    for (Figure figure : List.of(PLOT, STEPS, MAP)) {
      body.append(Pgfplots.of(figure)).append("\n\n");
      Files.write(folder.resolve(figure.name() + ".pdf"), FigureDrawing.pdf(figure));
      body.append("\\includegraphics{%s.pdf}\n\n".formatted(figure.name()));
    }
    Latex.compile(
        folder,
        "\\usepackage{pgfplots}\\pgfplotsset{compat=1.17}\\usepackage{graphicx}",
        body.toString());
  }
}
