package dev.piecrust.report;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.report.document.FigureFiles;
import dev.piecrust.report.document.HtmlFile;
import dev.piecrust.report.document.LatexFile;
import dev.piecrust.report.document.MarkdownFile;
import dev.piecrust.report.file.AnalysisCsv;
import dev.piecrust.report.file.CircuitCsv;
import dev.piecrust.report.file.CircuitFiles;
import dev.piecrust.report.file.CircuitTracerFiles;
import dev.piecrust.report.file.CostsFile;
import dev.piecrust.report.file.CsvFiles;
import dev.piecrust.report.file.ExportPart;
import dev.piecrust.report.file.FeaturesByLayerFile;
import dev.piecrust.report.file.FinalSummaryFile;
import dev.piecrust.report.file.JsonLinesFile;
import dev.piecrust.report.file.MeaningCsv;
import dev.piecrust.report.file.MeaningFiles;
import dev.piecrust.report.file.NeuronpediaFile;
import dev.piecrust.report.file.PerPromptFile;
import dev.piecrust.report.file.ScoresFiles;
import dev.piecrust.report.file.SelectedFeaturesFiles;
import dev.piecrust.report.table.ResultTables;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats in which results leave the program. */
public enum ExportFormat {
  /** The result files of the PIE paper (docs/architecture.md §8). */
  PIE("the paper's files"),
  /** Comma-separated tables, one thing a file. */
  CSV("CSV"),
  /** Tables to paste into a paper. */
  LATEX("LaTeX"),
  /** One JSON object a line for each method, or circuit, at each budget. */
  JSONL("JSON lines"),
  /** Tables and sentences to paste into notes. */
  MARKDOWN("Markdown"),
  /** One page with charts that opens anywhere, offline. */
  HTML("HTML report"),
  /** Charts as SVG, PDF and for pgfplots. */
  FIGURES("figures"),
  /** Features as circuit-tracer and Neuronpedia name them. */
  FEATURES("features for other tools"),
  /** Every occurrence with every score, for Python. */
  SAFETENSORS("scores as safetensors");

  private final String title;

  ExportFormat(String title) {
    this.title = title;
  }

  List<ExportPart> parts() {
    return switch (this) {
      case PIE ->
          List.of(
              new FinalSummaryFile(),
              new PerPromptFile(),
              new SelectedFeaturesFiles(),
              new CircuitFiles(),
              new MeaningFiles(),
              new CostsFile());
      case CSV -> List.of(new CsvFiles(), new CircuitCsv(), new AnalysisCsv(), new MeaningCsv());
      case LATEX -> List.of(new LatexFile());
      case JSONL -> List.of(new JsonLinesFile());
      case MARKDOWN -> List.of(new MarkdownFile());
      case HTML -> List.of(new HtmlFile());
      case FIGURES -> List.of(new FigureFiles());
      case FEATURES ->
          List.of(new FeaturesByLayerFile(), new CircuitTracerFiles(), new NeuronpediaFile());
      case SAFETENSORS -> List.of(new ScoresFiles());
    };
  }

  /** How much of the tables the files need. */
  ResultTables.Depth depth() {
    return switch (this) {
      case PIE, CSV, FIGURES -> ResultTables.Depth.OVERLAPS;
      case LATEX, MARKDOWN, HTML -> ResultTables.Depth.COMPARISONS;
      case JSONL, FEATURES, SAFETENSORS -> ResultTables.Depth.ESTIMATES;
    };
  }

  /** The name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** All names on the command line, as a list in words. */
  public static String labels() {
    List<String> labels = Arrays.stream(values()).map(ExportFormat::label).toList();
    int last = labels.size() - 1;
    return labels.subList(0, last).stream()
        .collect(Collectors.joining(", ", "", " or " + labels.get(last)));
  }

  /** The format of this name; an unknown one is a user error. */
  public static ExportFormat of(String name) {
    return Arrays.stream(values())
        .filter(format -> format.label().equals(name))
        .findFirst()
        .orElseThrow(() -> user("format '%s' is not known, expected %s", name, labels()));
  }
}
