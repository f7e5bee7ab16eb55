package dev.piecrust.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine ends the process at each of the refused, or works on for hours. */
final class TokenizerPartsTest {
  private static final String BPE =
      "'model': {'type': 'BPE', 'unk_token': null, 'vocab': {'a': 0, 'b': 1, 'ab': 2}, 'merges':"
          + " ['a b']}";

  @TempDir Path folder;

  private Tokenizer load(String parts) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{%s}".formatted(parts).replace('\'', '"'));
    return Tokenizer.load(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'normalizer': {'type': 'Precompiled', 'precompiled_charsmap': 'AAAA'} | has a normalizer"
            + " of type 'Precompiled'",
        "'normalizer': {'type': 'Sequence', 'normalizers': [{'type': 'Precompiled'}]} | of type"
            + " 'Precompiled'",
        "'normalizer': {'type': 'Replace', 'pattern': {'String': 'a'}, 'content':"
            + " 'aaaaaaaaaaaaaaaaaaaaa'} | swell a text",
        "'normalizer': {'type': 'Replace', 'pattern': {'String': ''}, 'content': 'x'} | replaces"
            + " the empty text",
        "'pre_tokenizer': {'type': 'FixedLength', 'length': 0} | has a pre_tokenizer of type"
            + " 'FixedLength'",
        "'decoder': {'type': 'Strip', 'content': 'a', 'start': 5, 'stop': 5} | strips more than one"
            + " character",
        "'post_processor': {'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id':"
            + " 'X'}}], 'pair': [], 'special_tokens': {}} | a token that it does not define",
        "'post_processor': {'type': 'TemplateProcessing', 'single': [{'Sequence': {'id': 'B'}}],"
            + " 'pair': [], 'special_tokens': {}} | a text that there is not",
      })
  void refusesPartsThatTheEngineDiesOf(String part, String complaint) {
    refused(part + ", " + BPE, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type': 'BPE', 'continuing_subword_prefix': '##########', 'vocab': {'a': 0, 'b': 1, 'ab':"
            + " 2}, 'merges': ['a b'] | has a continuing_subword_prefix",
        "'type': 'BPE', 'unk_token': '[U]', 'vocab': {'a': 0} | has no unk_token",
        "'type': 'WordLevel', 'vocab': {'a': 0} | has no unk_token",
        "'type': 'Unigram', 'vocab': [['a', 0.5]] | has no unk_id",
        "'type': 'Magic', 'vocab': {'a': 0} | has a model of type 'Magic'",
      })
  void refusesModelsThatTheEngineFailsAt(String model, String complaint) {
    refused("'model': {%s}".formatted(model), complaint);
  }

  @Test
  void takesThePartsOfTheFamiliesThatAreSupported() throws IOException {
    String gemma =
        "'normalizer': {'type': 'Replace', 'pattern': {'String': ' '}, 'content': '▁'}, 'decoder':"
            + " {'type': 'Sequence', 'decoders': [{'type': 'Replace', 'pattern': {'String': '▁'},"
            + " 'content': ' '}, {'type': 'ByteFallback'}, {'type': 'Fuse'}]}, ";
    try (Tokenizer tokenizer = load(gemma + BPE)) {
      assertThat(tokenizer.encode("abb")).containsExactly(2, 1);
    }
  }

  private void refused(String parts, String complaint) {
    assertThatThrownBy(() -> load(parts).close())
        .hasMessageStartingWith(folder.resolve("tokenizer.json") + ": ")
        .hasMessageContaining(complaint)
        .hasMessageContaining("expected")
        .isInstanceOfSatisfying(
            PieCrustException.class, e -> assertThat(e.category()).isEqualTo(FailureCategory.USER));
  }
}
