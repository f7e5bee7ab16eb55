package dev.piecrust.evidence;

import dev.piecrust.exchange.CsvRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Texts of a table: its column {@code text}. Records without a text are passed over. */
final class TableTexts implements CorpusTexts {
  private static final String COLUMN = "text";

  private final CsvRecords records;
  private final int column;

  TableTexts(Path file) {
    this.records = new CsvRecords(CorpusFile.open(file), "corpus " + file);
    this.column = records.column(COLUMN);
  }

  @Override
  public Optional<String> next() {
    Optional<List<String>> record = records.next();
    while (record.isPresent() && record.get().get(column).isBlank()) {
      record = records.next();
    }
    return record.map(fields -> fields.get(column));
  }

  @Override
  public void close() {
    records.close();
  }
}
