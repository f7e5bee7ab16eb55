package dev.piecrust.report.file;

import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.table.OutcomePass;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** One or a few files of an export. The same results must give the same bytes. */
public interface ExportPart {
  /**
   * Called before {@link #write}: the part asks {@link ExportSource#reads} for the outcomes that it
   * needs, all of which are then read once.
   */
  default void prepare(ExportSource source, ExportFiles files) throws IOException {}

  void write(ExportSource source, ExportFiles files) throws IOException;

  /** Writes a text in UTF-8. */
  @FunctionalInterface
  interface Text {
    void writeTo(Appendable out) throws IOException;
  }

  /** The lines, each ended by a line feed. */
  static Text lines(List<String> lines) {
    return out -> {
      for (String line : lines) {
        out.append(line).append('\n');
      }
    };
  }

  /** A file that is written while outcomes are read. */
  final class Streamed implements OutcomePass.Sink {
    private final ExportFiles files;
    private final String name;
    private final Writer out;
    private final Outcomes lines;

    /** Writes what is to be said of one outcome. */
    @FunctionalInterface
    interface Outcomes {
      void write(PromptOutcome outcome, Appendable out) throws IOException;
    }

    Streamed(ExportFiles files, String name, String head, Outcomes lines) throws IOException {
      this.files = files;
      this.name = name;
      this.lines = lines;
      this.out = files.begin(name);
      out.write(head);
    }

    @Override
    public void accept(String task, List<PromptOutcome> prompt) throws IOException {
      for (PromptOutcome outcome : prompt) {
        lines.write(outcome, out);
      }
    }

    /** Ends the file, which is the next. */
    void end() throws IOException {
      out.close();
      files.list(name);
    }
  }
}
