package dev.piecrust.ui;

import dev.piecrust.report.SafeText;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Comma-separated values for spreadsheets, in which no text becomes a formula. */
public final class CsvText {
  public static final String TYPE = "text/csv";

  private final StringBuilder text = new StringBuilder();

  public CsvText(String... columns) {
    line((Object[]) columns);
  }

  /** One line; numbers stand as they are, everything else is quoted. */
  public void line(Object... cells) {
    text.append(Arrays.stream(cells).map(CsvText::cell).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  private static String cell(Object value) {
    return value instanceof Number ? value.toString() : SafeText.cell(value.toString());
  }

  /** The answer of a request, to be saved under a name. */
  public Response answer(String file) {
    return Response.ok(text.toString())
        .type(TYPE + ";charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
        .build();
  }
}
