package dev.piecrust.report;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The formats in which results leave the program. */
public enum ExportFormat {
  /** The result files of the PIE paper (ARCHITECTURE.md §8). */
  PIE,
  /** Comma-separated tables, one thing a file. */
  CSV,
  /** Tables to paste into a paper. */
  LATEX,
  /** One JSON object a line for each method, or circuit, at each budget. */
  JSONL;

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
    };
  }

  /** The name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of this name; an unknown one is a user error. */
  public static ExportFormat of(String name) {
    return Arrays.stream(values())
        .filter(format -> format.label().equals(name))
        .findFirst()
        .orElseThrow(
            () -> user("format '%s' is not known, expected pie, csv, latex or jsonl", name));
  }
}
