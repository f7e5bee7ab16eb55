package dev.piecrust.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.piecrust.campaign.PrependBos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"word-level", "byte-bpe"})
  void agreesWithTheReferenceAndNeitherCutsNorFills(String name) throws IOException {
    JsonNode reference =
        new ObjectMapper().readTree(Fixtures.tokenizer(name).resolve("reference.json").toFile());
    assertThat(reference.size()).isGreaterThan(5);
    try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer(name))) {
      for (JsonNode line : reference) {
        int[] expected =
            StreamSupport.stream(line.path("ids").spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
        assertThat(tokenizer.encodeRaw(line.path("text").asText())).containsExactly(expected);
      }
    }
  }

  @Test
  void putsBosInFrontUnlessASpecialTokenIsThere() {
    try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("word-level"))) {
      assertThat(tokenizer.encode("When Mary")).containsExactly(0, 6, 5);
      assertThat(tokenizer.encode("<s>When Mary")).containsExactly(0, 6, 5);
      assertThat(tokenizer.encode("")).containsExactly(0);
      assertThat(tokenizer.encodeRaw("When Mary")).containsExactly(6, 5);
    }
  }

  @Test
  void whatIsSpecialAndBeginsNoTextGetsBosInFront() throws IOException {
    Files.copy(
        Fixtures.tokenizer("word-level").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("config.json"), "{\"bos_token_id\": 5}");
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.isSpecial(0)).isTrue();
      assertThat(tokenizer.encode("<s>When")).containsExactly(5, 0, 6);
    }
  }

  @Test
  void beginsWithTheFirstOfBosPadAndEosAsTheSpecSays() throws IOException {
    Files.copy(
        Fixtures.tokenizer("word-level").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> Tokenizer.load(folder, PrependBos.ALWAYS).close())
        .hasMessageContaining("has no BOS, PAD or EOS token, expected one");
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": [6, 5]}");
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.encode("Mary")).containsExactly(5); // it is an EOS token itself
      assertThat(tokenizer.encode("<s>")).containsExactly(6, 0);
    }
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": 6, \"pad_token_id\": 0}");
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.encode("Mary")).containsExactly(0, 5);
      assertThat(tokenizer.beginning())
          .isEqualTo("prompts begin with <s> (id 0), by subject.prepend_bos auto");
    }
    try (Tokenizer tokenizer = Tokenizer.load(folder, PrependBos.ALWAYS)) {
      assertThat(tokenizer.encode("<s>Mary")).containsExactly(0, 0, 5);
    }
    try (Tokenizer tokenizer = Tokenizer.load(folder, PrependBos.NEVER)) {
      assertThat(tokenizer.encode("Mary")).containsExactly(5);
      assertThat(tokenizer.bos()).isEmpty();
      assertThat(tokenizer.beginning()).contains("no token of their own");
    }
  }

  @Test
  void showsTokensAsText() {
    try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("byte-bpe"))) {
      int[] ids = tokenizer.encodeRaw(" Mary John");
      assertThat(ids).hasSizeBetween(2, 5);
      assertThat(Arrays.stream(ids).mapToObj(tokenizer::token).collect(Collectors.joining()))
          .isEqualTo(" Mary John");
      assertThat(tokenizer.token(0)).isEqualTo("<|begin_of_text|>");
      assertThat(tokenizer.isSpecial(0)).isTrue();
      assertThat(tokenizer.isSpecial(ids[0])).isFalse();
      assertThat(tokenizer.size()).isEqualTo(320);
      assertThatThrownBy(() -> tokenizer.token(320)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void showsAPartOfACharacterAsTheVocabularyWritesIt() {
    try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("byte-bpe"))) {
      int[] cup = tokenizer.encodeRaw("☕");
      assertThat(cup.length).isGreaterThan(1);
      assertThat(tokenizer.token(cup[0])).doesNotContain("\uFFFD").isNotEmpty();
    }
  }

  @Test
  void takesBosFromTheModelsConfigWhereTheTokenizersNamesNone() throws IOException {
    Files.copy(
        Fixtures.tokenizer("word-level").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"));
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.encode("Mary")).containsExactly(5);
    }
    Files.writeString(folder.resolve("config.json"), "{\"bos_token_id\": 1}");
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.encode("Mary")).containsExactly(1, 5);
    }
    Files.writeString(folder.resolve("config.json"), "{\"bos_token_id\": 99}");
    assertThatThrownBy(() -> Tokenizer.load(folder).close())
        .hasMessageContaining("'bos_token_id' is 99; expected a token of tokenizer.json");
  }

  @Test
  void refusesWhatIsNoTokenizer() throws IOException {
    assertThatThrownBy(() -> Tokenizer.load(folder).close())
        .hasMessageContaining("tokenizer.json: is missing");
    Files.writeString(folder.resolve("tokenizer.json"), "{");
    assertThatThrownBy(() -> Tokenizer.load(folder).close())
        .hasMessageContaining("tokenizer.json: is not valid JSON");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\":{\"vocab\":{}}}");
    assertThatThrownBy(() -> Tokenizer.load(folder).close())
        .hasMessageContaining("tokenizer.json: has no tokens; expected a vocabulary");
    Files.writeString(
        folder.resolve("tokenizer.json"), "{\"model\":{\"type\":\"None\",\"vocab\":{\"a\":0}}}");
    assertThatThrownBy(() -> Tokenizer.load(folder).close())
        .hasMessageContaining("tokenizer.json: has a model of type 'None'");
  }
}
