package dev.piecrust.ui;

import dev.piecrust.report.file.Csv;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Comma-separated values for spreadsheets, in which no text becomes a formula. */
public final class CsvText {
  public static final String TYPE = "text/csv";

  private final StringBuilder text = new StringBuilder();
  private final Csv csv = new Csv(text, "\r\n");

  public CsvText(String... columns) {
    line((Object[]) columns);
  }

  /** One line; numbers stand as they are, everything else is quoted. */
  public void line(Object... cells) {
    try {
      csv.record(
          Arrays.stream(cells)
              .map(cell -> cell instanceof Number ? cell : new Csv.Text(cell.toString()))
              .toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** The answer of a request, to be saved under a name. */
  public Response answer(String file) {
    return Response.ok(text.toString())
        .type(TYPE + ";charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
        .build();
  }
}
