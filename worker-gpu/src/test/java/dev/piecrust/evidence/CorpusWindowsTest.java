package dev.piecrust.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.model.Fixtures;
import dev.piecrust.model.Tokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of texts, cut into windows. The tokenizer knows words; its BOS is token 0. */
class CorpusWindowsTest {
  private static final String LINE = "{\"text\": \"Mary and John\"}\n";

  @TempDir Path folder;
  private final Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("word-level"));

  @AfterEach
  void close() {
    tokenizer.close();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private CorpusWindows read(Path file) {
    return CorpusWindows.read(file, tokenizer, 100, 64);
  }

  @Test
  void readsJsonLinesAndPlainTextPackedOrNotAlike() throws IOException {
    Path packed = folder.resolve("corpus.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write((LINE + "\n" + LINE).getBytes(ISO_8859_1));
    }
    String hash = read(packed).sha256();
    assertThat(read(packed).size()).isEqualTo(2);
    assertThat(read(packed).get(0)).containsExactly(tokenizer.encode("Mary and John"));
    assertThat(read(file("a.jsonl", LINE + LINE)).sha256()).isEqualTo(hash);
    assertThat(read(file("b", LINE + LINE)).sha256()).isEqualTo(hash);
    assertThat(read(file("c.txt", "Mary and John\r\n\nMary and John")).sha256()).isEqualTo(hash);
    assertThat(read(file("d", "Mary and John\nMary and John\n")).sha256()).isEqualTo(hash);
    assertThat(read(file("e", "Mary and John\nMary to John\n")).sha256()).isNotEqualTo(hash);
  }

  @Test
  void readsTheTextsOfATableWhateverElseItHas() throws IOException {
    String hash = read(file("a.txt", "Mary and John\nMary\n")).sha256();
    String table = "id,text,source\n1,Mary and John,\"a, b\"\n2,,c\n3,\"Mary\",d\n";
    assertThat(read(file("a.csv", table)).sha256()).isEqualTo(hash);
    Path packed = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(table.getBytes(ISO_8859_1));
    }
    assertThat(read(packed).sha256()).isEqualTo(hash);
    assertThat(read(file("lines.csv", "text\n\"Mary\nand\"\n")).size()).isEqualTo(1);
  }

  @Test
  void namesTheLineOfATableThatCannotBeRead() throws IOException {
    refused(
        file("a.csv", "id,words\n1,Mary\n"),
        "corpus %s line 1: its columns are id, words, expected one called 'text'");
    refused(
        file("b.csv", "id,text\n1,\"Mary\nand\"\n2\n"),
        "corpus %s line 4: has 1 fields, expected 2 as in the header");
    refused(file("c.csv", "text\n"), "corpus %s is empty, expected one text a line");
    refused(file("d.csv", ""), "corpus %s is empty, expected a header and records");
  }

  @Test
  void aPlainTextMayBeginWithABrace() throws IOException {
    assertThat(read(file("code.txt", "{ John\n")).size()).isEqualTo(1);
  }

  @Test
  void cutsLongTextsIntoWindowsOfAboutOneLengthEachWithItsBos() throws IOException {
    Path file = file("a.txt", "Mary and John went to the store\n"); // 7 words
    CorpusWindows windows = CorpusWindows.read(file, tokenizer, 100, 4);
    int[] ids = tokenizer.encodeRaw("Mary and John went to the store");
    assertThat(windows.size()).isEqualTo(3);
    assertThat(windows.get(0)).containsExactly(0, ids[0], ids[1]);
    assertThat(windows.get(1)).containsExactly(0, ids[2], ids[3]);
    assertThat(windows.get(2)).containsExactly(0, ids[4], ids[5], ids[6]);
  }

  @Test
  void aBosThatTheTextBringsIsNotPutThereTwice() throws IOException {
    assertThat(read(file("a.txt", "<s>Mary\n")).get(0)).containsExactly(tokenizer.encode("Mary"));
  }

  @Test
  void takesNoMoreThanItIsAskedForAndWhatIsThereWhereThatIsLess() throws IOException {
    Path file = file("a.txt", "Mary\nJohn\nthe store\n");
    assertThat(CorpusWindows.read(file, tokenizer, 2, 64).size()).isEqualTo(2);
    assertThat(CorpusWindows.read(file, tokenizer, 200, 64).size()).isEqualTo(3);
  }

  @Test
  void saysInOneSentenceWhatIsWrongAndWhere() throws IOException {
    refused(
        folder.resolve("none.jsonl"), "corpus %s: there is no such file, expected a file of texts");
    refused(folder, "corpus %s: is a folder, expected a file of texts");
    refused(file("empty.txt", " \n\n"), "corpus %s is empty, expected one text a line");
    refused(
        file("a.jsonl", LINE + "{\"words\": 1}\n"),
        "corpus %s line 2: has no text, expected {\"text\": …}");
    refused(
        file("b.jsonl", LINE + "\nMary\n"),
        "corpus %s line 3: is not valid JSON at column 1, expected {\"text\": …}");
    refused(file("c.jsonl.gz", LINE), "corpus %s: is not gzip'd, expected a file of texts, gzip'd");
    Path bytes = folder.resolve("bytes.txt");
    Files.write(bytes, "Mary\n\u00ff\u00fe\n".getBytes(ISO_8859_1));
    refused(bytes, "corpus %s line 2: is not text, expected UTF-8");
    refused(file("nul.txt", "a\0b"), "corpus %s line 1: is not text, expected UTF-8");
  }

  @Test
  void aPackedFileThatEndsInTheMiddleIsSaidToDoSo() throws IOException {
    Path whole = folder.resolve("whole.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write("Mary and John\n".repeat(50).getBytes(ISO_8859_1));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path half = folder.resolve("half.txt.gz");
    Files.write(half, java.util.Arrays.copyOf(bytes, bytes.length - 12));
    assertThatThrownBy(() -> read(half)).hasMessageContaining("ends in the middle or is damaged");
  }

  private void refused(Path file, String sentence) {
    assertThatThrownBy(() -> read(file)).hasMessage(sentence.formatted(file));
  }
}
