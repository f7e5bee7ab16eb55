package dev.piecrust.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairFileTest {
  private static final String GOOD =
      "{\"text_clean\": \"A b\", \"text_corr\": \"C d\", \"io_clean\": \" x\", \"s_clean\": \""
          + " y\"}";

  private final Path folder;

  PairFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsWhatItWrote() throws IOException {
    List<PromptPair> pairs =
        List.of(
            new PromptPair("Über \"this\"\nand", "that\tand", " München", " y"),
            new PromptPair("a", "b", " c", " d"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PairFile.write(pairs, bytes);
    Path file = Files.write(folder.resolve("pairs.jsonl"), bytes.toByteArray());

    assertThat(PairFile.read(file, 10)).isEqualTo(pairs);
    assertThat(bytes.toString(java.nio.charset.StandardCharsets.UTF_8)).hasLineCount(2);
  }

  @Test
  void readsRowsOfMib() throws IOException {
    String rows =
        """
        {"prompt": "Then A and B met. A gave it to", "metadata": {"indirect_object": "B", "subject": "A"}, "s2_io_flip_counterfactual": {"prompt": "Then A and B met. B gave it to"}, "abc_counterfactual": {"prompt": "x"}}
        {"prompt": "A box is red. A. red B. blue. Answer:", "choices": {"label": ["A", "B"], "text": ["red", "blue"]}, "answerKey": 0, "symbol_counterfactual": {"prompt": "A box is red. X. red Y. blue. Answer:", "choices": {"label": ["X", "Y"], "text": ["red", "blue"]}, "answerKey": 0}}
        {"prompt": "How much is 1 plus 2? A: ", "label": "3", "operator": "+", "random_counterfactual": {"prompt": "How much is 4 plus 1? A: ", "label": 5}}
        """;
    assertThat(PairFile.read(file(rows), 9))
        .containsExactly(
            new PromptPair(
                "Then A and B met. A gave it to", "Then A and B met. B gave it to", " B", " A"),
            new PromptPair(
                "A box is red. A. red B. blue. Answer:",
                "A box is red. X. red Y. blue. Answer:",
                " A",
                " X"),
            new PromptPair("How much is 1 plus 2? A: ", "How much is 4 plus 1? A: ", "3", "5"));
    assertRefused(
        "{\"prompt\": \"a\", \"random_counterfactual\": {}}", "line 1", "/prompt is missing");
  }

  @Test
  void readsNoFurtherThanAsked() throws IOException {
    assertThat(PairFile.read(file(GOOD + "\n" + GOOD + "\nbroken"), 2)).hasSize(2);
  }

  @Test
  void passesOverBlankLinesButCountsThem() throws IOException {
    assertThat(PairFile.read(file("\n" + GOOD + "\n\n"), 5)).hasSize(1);
    assertRefused("\n\nbroken", "line 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'clean': 'A b', 'corrupted': 'C d', 'answer': ' x', 'wrong_answer': ' y'}",
        "{'clean': 'A b', 'corrupt': 'C d', 'answer': ' x', 'wrong_answer': ' y', 'seed': 3}",
        "{'clean': 'A b', 'corrupt': 'C d', 'answers': [' x'], 'wrong_answers': [' y']}",
        "{'clean_prefix': 'A b', 'patch_prefix': 'C d', 'clean_answer': ' x',"
            + " 'patch_answer': ' y', 'case': 'ABBA'}",
      })
  void readsThePublicFormsOfOtherTools(String line) throws IOException {
    assertThat(PairFile.read(file(line.replace('\'', '"') + "\n" + GOOD), 2))
        .containsOnly(new PromptPair("A b", "C d", " x", " y"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text_clean\": | is not valid JSON",
        "[1] | expected a JSON object",
        "{} | key 'text_clean' is missing",
        "{\"text\": \"a\"} | unknown key 'text'",
        "{\"text_clean\": 1, \"text_corr\": \"b\", \"io_clean\": \"c\", \"s_clean\": \"d\"}"
            + " | text_clean is 1, expected a string",
        "{\"text_clean\": \"\", \"text_corr\": \"b\", \"io_clean\": \"c\", \"s_clean\": \"d\"}"
            + " | text_clean is empty",
        "{\"text_clean\": null, \"text_corr\": \"b\", \"io_clean\": \"c\", \"s_clean\": \"d\"}"
            + " | text_clean is null",
        "{\"s_clean\": \"a\", \"s_clean\": \"b\"} | has a key twice in one object",
        "{} {} | is not valid JSON",
        "{\"clean\": \"a\", \"corrupt\": \"b\", \"answers\": [\" c\", \" d\"], \"wrong_answers\":"
            + " [\" e\"]} | answers is a list, expected a string or a list of one",
        "{\"clean\": \"a\", \"corrupted\": \"b\", \"correct_idx\": 7, \"incorrect_idx\": 8}"
            + " | key 'answer' is missing, expected clean, corrupted, answer, wrong_answer",
        "{\"text\": \"a\", \"IO\": \"b\", \"S\": \"c\"} | unknown key 'text', expected text_clean,",
      })
  void namesTheLineThatIsNotAPair(String line, String complaint) throws IOException {
    assertRefused(GOOD + "\n" + line, "pairs.jsonl line 2: ", complaint);
  }

  @Test
  void refusesAFileWithoutPairs() throws IOException {
    assertRefused("", "pairs.jsonl is empty");
    assertRefused("\n \n", "pairs.jsonl is empty");
  }

  @Test
  void refusesWhatIsNotATextFile() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> PairFile.read(folder.resolve("none.jsonl"), 1))
        .hasMessageContaining("none.jsonl: there is no such file, expected a file of JSON lines");
    assertThatThrownBy(() -> PairFile.read(folder, 1)).hasMessageContaining("is a folder");
    assertThatThrownBy(() -> PairFile.read(binary, 1)).hasMessageContaining("is not UTF-8 text");
  }

  private void assertRefused(String content, String... complaints) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> PairFile.read(file, 10))
        .isInstanceOfSatisfying(
            PieCrustException.class, e -> assertThat(e.category()).isEqualTo(FailureCategory.USER))
        .message()
        .contains(complaints)
        .hasLineCount(1);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("pairs.jsonl"), content);
  }
}
