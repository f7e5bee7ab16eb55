package dev.piecrust.report;

import dev.piecrust.report.ReportFacts.Fact;
import dev.piecrust.report.ResultTable.Failure;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.util.List;

/**
 * What the HTML report shows; every text is escaped when it is rendered.
 *
 * @param style the style sheet, the program's own
 * @param failures what has no result
 * @param spec as JSON
 */
record HtmlReport(
    String name,
    String summary,
    String style,
    List<Section> sections,
    List<Failure> failures,
    List<Fact> facts,
    String spec) {
  HtmlReport {
    sections = List.copyOf(sections);
    failures = List.copyOf(failures);
    facts = List.copyOf(facts);
  }

  /**
   * A part of the page.
   *
   * @param chart a picture as SVG; may be empty
   * @param legend of the chart
   * @param detail a long table that is folded away at first
   */
  record Section(
      String title,
      String chart,
      List<Legend> legend,
      List<String> sentences,
      List<PaperTable> tables,
      List<PaperTable> detail) {
    Section {
      legend = List.copyOf(legend);
      sentences = List.copyOf(sentences);
      tables = List.copyOf(tables);
      detail = List.copyOf(detail);
    }

    static Section plain(String title, List<String> sentences, List<PaperTable> tables) {
      return new Section(title, "", List.of(), sentences, tables, List.of());
    }
  }

  /**
   * How a method is drawn.
   *
   * @param mark outline of its points, as the data of an SVG path
   */
  record Legend(String method, String mark) {}

  /** The page. */
  String render() {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(ValueResolvers.rawResolver())
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    engine.putTemplate("table", template(engine, "table.html"));
    return template(engine, "report.html").data("report", this).render();
  }

  private static Template template(Engine engine, String name) {
    return engine.parse(
        ReportStyle.text("/dev/piecrust/report/html/" + name),
        Variant.forContentType(Variant.TEXT_HTML));
  }
}
