package dev.piecrust.report.document;

import dev.piecrust.report.document.ReportFacts.Fact;
import dev.piecrust.report.table.ResultTable.Failure;
import dev.piecrust.report.text.PaperTable;
import dev.piecrust.report.text.Verdict;
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
 * @param summary what it is about
 * @param found what came out, in a few lines
 * @param caveats what to keep in mind of that
 * @param style the style sheet, the program's own
 * @param charts of fidelity, one for each task
 * @param pictures all others
 * @param failures what has no result
 * @param spec as JSON
 */
record HtmlReport(
    String name,
    String summary,
    List<Verdict.Line> found,
    List<String> caveats,
    String style,
    List<Chart> charts,
    List<Picture> pictures,
    List<Section> sections,
    List<Failure> failures,
    List<Fact> facts,
    String spec) {
  HtmlReport {
    found = List.copyOf(found);
    caveats = List.copyOf(caveats);
    charts = List.copyOf(charts);
    pictures = List.copyOf(pictures);
    sections = List.copyOf(sections);
    failures = List.copyOf(failures);
    facts = List.copyOf(facts);
  }

  /**
   * Tables of one subject.
   *
   * @param detail a long table that is folded away at first
   */
  record Section(
      String title, List<String> sentences, List<PaperTable> tables, List<PaperTable> detail) {
    Section {
      sentences = List.copyOf(sentences);
      tables = List.copyOf(tables);
      detail = List.copyOf(detail);
    }

    static Section plain(String title, List<String> sentences, List<PaperTable> tables) {
      return new Section(title, sentences, tables, List.of());
    }
  }

  /**
   * Lines of methods.
   *
   * @param svg in the page's colours; empty where there is no point
   */
  record Chart(String title, String svg, List<Legend> legend) {
    Chart {
      legend = List.copyOf(legend);
    }
  }

  /**
   * A figure of the export {@code figures}.
   *
   * @param svg with its own colours
   */
  record Picture(String title, String svg) {}

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
        ReportStyle.text("/dev/piecrust/report/document/html/" + name),
        Variant.forContentType(Variant.TEXT_HTML));
  }
}
