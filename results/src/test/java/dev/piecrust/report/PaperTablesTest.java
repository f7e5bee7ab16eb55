package dev.piecrust.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tables for papers and notes, read back as their readers do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaperTablesTest {
  private SmallCampaign campaign;
  @TempDir private Path folder;

  @BeforeAll
  void open(@TempDir Path home) {
    campaign = new SmallCampaign(home);
  }

  @AfterAll
  void close() {
    campaign.close();
  }

  @Test
  void markdownHasTheMeansOfEveryMethodAtEveryBudget() throws IOException {
    List<List<String>> rows = markdownRows(export(ExportFormat.MARKDOWN, "results.md"));
    assertThat(rows)
        .containsSequence(
            List.of("method", "K=2", "K=4"),
            List.of("---", "---:", "---:"),
            List.of("fap", "**1.00** (0.707)", "**0.500** (0.354)"),
            List.of("random", "3.00 (1.41)", "1.50 (0.707)"))
        .contains(
            List.of("circuit-swap, swap", "**1.25**", "–"),
            List.of(
                "random",
                "4",
                "1.50",
                "0.707",
                "1.00 – 2.00",
                "0.375",
                "0 %",
                "0.250",
                "0.250",
                "2"));
  }

  @Test
  void markdownSaysInSentencesWhatABudgetIsWorth() throws IOException {
    assertThat(export(ExportFormat.MARKDOWN, "results.md"))
        .startsWith("# small-")
        .contains("on tiny with the transcoder tiny-clt is finished with failures.")
        .contains(
            "The next best, random, needs more than 2 occurrences a prompt for the in-sample");
  }

  @Test
  void latexHasACaptionALabelAndRowsOfOneLengthInEachTable() throws IOException {
    String latex = export(ExportFormat.LATEX, "results.tex");
    String[] tables = latex.split("\\\\begin\\{table}", -1);
    assertThat(tables).hasSize(5);
    for (String table : Arrays.asList(tables).subList(1, tables.length)) {
      assertThat(table).contains("\\caption{ioi", "\\label{tab:ioi-", "\\toprule", "\\end{table}");
      long columns = table.split("\\{tabular}\\{", -1)[1].split("}", -1)[0].length();
      assertThat(table.lines().filter(line -> line.endsWith("\\\\")))
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.split(" & ", -1)).hasSize((int) columns));
    }
    assertThat(latex)
        .contains(
            "random & 4 & 1.50 & 0.707 & 1.00 -- 2.00 & 0.375 & 0 \\% & 0.250 & 0.250 & 2 \\\\");
  }

  private String export(ExportFormat format, String file) throws IOException {
    campaign.reports.export(SmallCampaign.ID, format, folder);
    return Files.readString(folder.resolve(file));
  }

  private static List<List<String>> markdownRows(String markdown) {
    return markdown
        .lines()
        .filter(line -> line.startsWith("|"))
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
        .toList();
  }
}
