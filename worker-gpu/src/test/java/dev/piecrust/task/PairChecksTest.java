package dev.piecrust.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.model.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PairChecksTest {
  private static final Path DEMO = Path.of("..", "demo", "model");
  private static final String CLEAN = "When Mary and John met";
  private static final String CORRUPTED = "When Paul and Anna met";

  private static Tokenizer tokenizer;

  @BeforeAll
  static void loadTokenizer() throws IOException {
    tokenizer = Tokenizer.load(DEMO);
  }

  @Test
  void givesTheTokensOfASoundPair() {
    TokenizedPair pair = check(CLEAN, CORRUPTED, " Mary", " John");

    assertThat(pair.length()).isEqualTo(6);
    assertThat(tokenizer.token(pair.clean()[0])).isEqualTo("<bos>");
    assertThat(tokenizer.token(pair.clean()[2])).isEqualTo(" Mary");
    assertThat(tokenizer.token(pair.corrupted()[2])).isEqualTo(" Paul");
    assertThat(tokenizer.token(pair.right())).isEqualTo(" Mary");
    assertThat(tokenizer.token(pair.wrong())).isEqualTo(" John");
  }

  @Test
  void refusesPromptsOfDifferentLength() {
    assertThatThrownBy(() -> check(CLEAN, "When Paul met", " Mary", " John"))
        .hasMessage(
            "pairs.jsonl line 7: text_clean has 6 tokens and text_corr has 4, expected the same"
                + " number");
  }

  @Test
  void refusesASplitAnswer() {
    assertThatThrownBy(() -> check(CLEAN, CORRUPTED, " Mary", " John and"))
        .hasMessageContaining("line 7: the tokenizer splits s_clean ' John and' into 2 tokens");
  }

  @Test
  void refusesEqualAnswers() {
    assertThatThrownBy(() -> check(CLEAN, CORRUPTED, " Mary", " Mary"))
        .hasMessageContaining("differ in their last token");
  }

  @Test
  void refusesAnAnswerOutsideTheVocabulary() {
    assertThatThrownBy(() -> check(CLEAN, CORRUPTED, " Bartholomew", " Mary"))
        .hasMessageContaining("io_clean ' Bartholomew' is not in the tokenizer's vocabulary");
  }

  private static TokenizedPair check(String clean, String corrupted, String right, String wrong) {
    return PairChecks.check(
        new PromptPair(clean, corrupted, right, wrong), tokenizer, "pairs.jsonl line 7");
  }
}
