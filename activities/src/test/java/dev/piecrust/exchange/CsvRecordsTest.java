package dev.piecrust.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRecordsTest {
  @Test
  void readsQuotesCommasAndLineBreaksWithinFields() {
    assertThat(records("a,b\r\n\"1,\n\"\"2\"\"\",\r\n\n x ,\"\"\n"))
        .containsExactly(List.of("1,\n\"2\"", ""), List.of(" x ", ""));
  }

  @Test
  void needsNoLineBreakAtItsEndAndPassesOverAByteOrderMark() {
    CsvRecords records = open("\uFEFFid, text \n1,Über");
    assertThat(records.column("id")).isZero();
    assertThat(records.column("text")).isEqualTo(1);
    assertThat(records.next()).contains(List.of("1", "Über"));
    assertThat(records.next()).isEmpty();
  }

  @Test
  void namesTheLineOnWhichARecordBegins() {
    CsvRecords records = open("a\n\"x\ny\"\n\nz\n");
    records.next();
    assertThat(records.where()).isEqualTo("table line 2");
    records.next();
    assertThat(records.where()).isEqualTo("table line 5");
  }

  @Test
  void takesAQuoteWithinAFieldWithoutQuotesAsItIs() {
    assertThat(records("a,b\n5\" disk,x\"y\"\n")).containsExactly(List.of("5\" disk", "x\"y\""));
  }

  @Test
  void endsARecordThatWouldFillTheMemory() {
    String open = "a\n\"" + "x".repeat(17 << 20);
    assertThatThrownBy(() -> records(open))
        .hasMessage(
            "table: has a record of more than 16,777,216 characters after line 1, expected a"
                + " table of texts");
  }

  @Property
  boolean readsWhateverIsQuoted(@ForAll List<String> fields) {
    String header = "c,".repeat(fields.size()) + "d\n";
    StringBuilder record = new StringBuilder();
    List<String> wanted = new ArrayList<>();
    for (String field : fields) {
      // Neither is a character of a text.
      String text = field.replace("\0", "").replaceAll("\\p{Cs}", "");
      wanted.add(text);
      record.append('"').append(text.replace("\"", "\"\"")).append("\",");
    }
    wanted.add("end");
    return records(header + record + "end\n").equals(List.of(wanted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | table is empty, expected a header and records",
        "`a,b;1` | table line 2: has 1 fields, expected 2 as in the header",
        "`a;1;2,3` | table line 3: has 2 fields, expected 1 as in the header",
        "`a;\"x\"y` | table line 2: a field goes on after its closing quote, expected a"
            + " comma or the line's end",
        "`a;b;\"x;y` | table: a quote is opened after line 2 and never closed, expected one at"
            + " the field's end",
      })
  void namesTheLineThatIsNoRecord(String table, String complaint) {
    assertThatThrownBy(() -> records(table.replace(';', '\n')))
        .isInstanceOfSatisfying(
            PieCrustException.class, e -> assertThat(e.category()).isEqualTo(FailureCategory.USER))
        .hasMessage(complaint);
  }

  @Test
  void refusesWhatIsNoText() {
    byte[] latin = "a\nB\u00fccher\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> new CsvRecords(new ByteArrayInputStream(latin), "table").next())
        .hasMessageContaining("is not text from line 1 on, expected UTF-8");
    assertThatThrownBy(() -> records("a\nb\0\n"))
        .hasMessage("table line 2: is not text, expected UTF-8");
  }

  @Test
  void namesTheColumnsWhereOneIsMissing() {
    assertThatThrownBy(() -> open("a,b\n").column("text"))
        .hasMessage("table line 1: its columns are a, b, expected one called 'text'");
  }

  private static CsvRecords open(String table) {
    return new CsvRecords(
        new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)), "table");
  }

  private static List<List<String>> records(String table) {
    CsvRecords records = open(table);
    List<List<String>> all = new ArrayList<>();
    for (Optional<List<String>> record = records.next();
        record.isPresent();
        record = records.next()) {
      all.add(record.get());
    }
    return all;
  }
}
