package dev.piecrust.exchange;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.io.EOFException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The records of comma-separated values in UTF-8 below a header (RFC 4180): a field in quotes may
 * hold commas, line breaks and doubled quotes. Blank lines are passed over. What is not such a
 * table is a user error that names the line.
 */
public final class CsvRecords implements AutoCloseable {
  /** Far above any text; a quote that nobody closes makes one field of the rest of the file. */
  private static final int LONGEST = 16 << 20;

  /** Far above any table's titles. */
  private static final int LONGEST_HEADER = 1 << 20;

  /** Far above any table's columns. */
  private static final int MOST_FIELDS = 10_000;

  /** A list of more titles is not read by anybody. */
  private static final int SHOWN = 30;

  private static final Pattern TITLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_ .-]{0,40}");
  private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|\\r|\\n");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  private final String name;
  private final Bounded in;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> header;
  private long began = 1;

  /**
   * Reads the header.
   *
   * @param in is closed with this
   * @param name what errors call the file, such as {@code corpus texts.csv}
   */
  public CsvRecords(InputStream in, String name) {
    this.name = name;
    this.in =
        new Bounded(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    try {
      this.parser = FORMAT.parse(this.in);
      this.records = parser.iterator();
    } catch (IOException e) {
      throw unreadable(e);
    }
    this.header =
        record(LONGEST_HEADER)
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
    Optional<List<String>> record = record(LONGEST);
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

  private Optional<List<String>> record(int longest) {
    long before = parser.getCurrentLineNumber();
    try {
      in.allow(longest);
      return records.hasNext() ? Optional.of(fields(records.next())) : Optional.empty();
    } catch (UncheckedIOException e) {
      throw fault(Objects.requireNonNull(e.getCause()), longest, before);
    }
  }

  private PieCrustException fault(IOException e, int longest, long before) {
    if (e instanceof TooLong) {
      return user(
          "%s: has a record of more than %,d characters after line %d, expected a table of texts",
          name, longest, before);
    }
    if (e instanceof CharacterCodingException) {
      return user("%s: is not text from line %d on, expected UTF-8", name, Math.max(1, line()));
    }
    if (e instanceof ZipException || e instanceof EOFException) {
      return user(
          "%s line %d: the gzip'd file ends in the middle or is damaged, expected all of it",
          name, Math.max(1, line()));
    }
    if (e instanceof CSVException && in.ended) {
      return user(
          "%s: a quote is opened after line %d and never closed, expected one at the field's end",
          name, before);
    }
    if (e instanceof CSVException) {
      return user(
          "%s line %d: a field goes on after its closing quote, expected a comma or the line's"
              + " end",
          name, line());
    }
    return unreadable(e);
  }

  private List<String> fields(CSVRecord record) {
    List<String> fields = record.toList();
    began = line() - fields.stream().mapToLong(CsvRecords::lineBreaks).sum();
    if (fields.size() > MOST_FIELDS) {
      throw user("%s: has more than %d fields, expected a table", where(), MOST_FIELDS);
    }
    if (fields.stream().anyMatch(field -> field.indexOf('\0') >= 0)) {
      throw user("%s: is not text, expected UTF-8", where());
    }
    return fields;
  }

  private static long lineBreaks(String field) {
    return LINE_BREAK.matcher(field).results().count();
  }

  /** The line that was read last. */
  private long line() {
    return parser.getCurrentLineNumber();
  }

  private PieCrustException unreadable(IOException e) {
    return external(name + " cannot be read, the disk or the network failed", e);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Ends what would fill the memory. */
  private static final class Bounded extends FilterReader {
    private long left;
    private boolean ended;

    Bounded(Reader in) {
      super(in);
    }

    void allow(int characters) {
      left = characters;
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
      if (left <= 0) {
        throw new TooLong();
      }
      int read = super.read(buffer, from, length);
      ended = read < 0;
      left -= Math.max(0, read);
      return read;
    }
  }
}
