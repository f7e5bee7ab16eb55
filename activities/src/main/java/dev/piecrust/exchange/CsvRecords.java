package dev.piecrust.exchange;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * The records of comma-separated values in UTF-8 below a header (RFC 4180): a field in quotes may
 * hold commas, line breaks and doubled quotes. Blank lines are passed over. What is not such a
 * table is a user error that names the line.
 */
public final class CsvRecords implements AutoCloseable {
  /** Far above any text; a quote that nobody closes makes one field of the rest of the file. */
  private static final int LONGEST = 64 << 20;

  /** Far above any table's columns. */
  private static final int MOST_FIELDS = 10_000;

  /** A list of more titles is not read by anybody. */
  private static final int SHOWN = 30;

  private static final Pattern TITLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_ .-]{0,40}");

  private static final int END = -1;

  private final String name;
  private final BufferedReader in;
  private final List<String> header;
  private int line = 1;
  private int began = 1;

  /**
   * Reads the header.
   *
   * @param in is closed with this
   * @param name what errors call the file, such as {@code corpus texts.csv}
   */
  public CsvRecords(InputStream in, String name) {
    this.name = name;
    this.in =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    this.header =
        record()
            .map(fields -> fields.stream().map(CsvRecords::title).toList())
            .orElseThrow(() -> user("%s is empty, expected a header and records", name));
  }

  /** A spreadsheet puts a byte order mark before the first title. */
  private static String title(String field) {
    return field.startsWith("\uFEFF") ? field.substring(1).strip() : field.strip();
  }

  /** Where a column is in each record, if there is one of this title. */
  public Optional<Integer> find(String title) {
    int column = header.indexOf(title);
    return column < 0 ? Optional.empty() : Optional.of(column);
  }

  /** Where a column is in each record; a missing one is a user error. */
  public int column(String title) {
    return find(title)
        .orElseThrow(() -> user("%s line 1: %s, expected one called '%s'", name, titles(), title));
  }

  /** They are shown where they are titles, and not the first line of something else. */
  private String titles() {
    return header.size() <= SHOWN && header.stream().allMatch(TITLE.asMatchPredicate())
        ? "its columns are " + String.join(", ", header)
        : "has no titles of columns";
  }

  /** The next record, if there is one, with a field for each column. */
  public Optional<List<String>> next() {
    Optional<List<String>> record = record();
    if (record.isPresent() && record.get().size() != header.size()) {
      throw user(
          "%s: has %d fields, expected %d as in the header",
          where(), record.get().size(), header.size());
    }
    return record;
  }

  /** Names the line on which the record that was read last began. */
  public String where() {
    return "%s line %d".formatted(name, began);
  }

  private Optional<List<String>> record() {
    try {
      int c = in.read();
      for (; c == '\n' || c == '\r'; c = in.read()) {
        line += c == '\n' ? 1 : 0;
      }
      began = line;
      return c == END ? Optional.empty() : Optional.of(fields(c));
    } catch (CharacterCodingException e) {
      throw user("%s: is not text from line %d on, expected UTF-8", name, line);
    } catch (ZipException | EOFException e) {
      throw user(
          "%s line %d: the gzip'd file ends in the middle or is damaged, expected all of it",
          name, line);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private List<String> fields(int first) throws IOException {
    List<String> fields = new ArrayList<>();
    int c = first;
    while (true) {
      if (fields.size() == MOST_FIELDS) {
        throw user("%s: has more than %d fields, expected a table", where(), MOST_FIELDS);
      }
      StringBuilder field = new StringBuilder();
      c = c == '"' ? quoted(field) : plain(field, c);
      fields.add(field.toString());
      if (c == '\r') {
        c = in.read();
      }
      if (c == END || c == '\n') {
        line += c == '\n' ? 1 : 0;
        return fields;
      }
      if (c != ',') {
        throw user(
            "%s line %d: a field goes on after its closing quote, expected a comma or the line's"
                + " end",
            name, line);
      }
      c = in.read();
    }
  }

  /** Reads a field without quotes; returns what follows it. */
  private int plain(StringBuilder field, int first) throws IOException {
    int c = first;
    for (; c != END && c != ',' && c != '\n' && c != '\r'; c = in.read()) {
      if (c == '"') {
        throw user(
            "%s line %d: a quote stands within a field that is not quoted, expected quotes around"
                + " the whole field, and \"\" within",
            name, line);
      }
      append(field, c);
    }
    return c;
  }

  /** Reads a field past its closing quote; returns what follows it. */
  private int quoted(StringBuilder field) throws IOException {
    int opened = line;
    for (int c = in.read(); c != END; c = in.read()) {
      if (c == '"') {
        c = in.read();
        if (c != '"') {
          return c;
        }
      }
      line += c == '\n' ? 1 : 0;
      append(field, c);
    }
    throw user(
        "%s line %d: a quote is opened and never closed, expected one at the field's end",
        name, opened);
  }

  private void append(StringBuilder field, int c) {
    if (c == 0) {
      throw user("%s line %d: is not text, expected UTF-8", name, line);
    }
    if (field.length() == LONGEST) {
      throw user(
          "%s: has a field of more than 64 Mi characters, expected a table of texts", where());
    }
    field.append((char) c);
  }

  private PieCrustException unreadable(IOException e) {
    return external(name + " cannot be read, the disk or the network failed", e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
