package dev.piecrust.model;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.input.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a {@code tokenizer.json} beside its vocabulary, looked at before the engine reads
 * them: it is native code, and ends the whole process at some that make no sense.
 *
 * @param file that holds them
 * @param parts by their keys in the file
 */
record TokenizerParts(Path file, Map<String, JsonNode> parts) {
  static final Set<String> KEYS =
      Set.of("normalizer", "pre_tokenizer", "post_processor", "decoder");

  /** What those parts may be; {@code Precompiled} and {@code FixedLength} are read unchecked. */
  private static final Map<String, Set<String>> TYPES =
      Map.of(
          "normalizer",
          Set.of(
              "Sequence",
              "Replace",
              "Prepend",
              "NFC",
              "NFD",
              "NFKC",
              "NFKD",
              "Lowercase",
              "Strip",
              "StripAccents",
              "ByteLevel",
              "BertNormalizer",
              "Nmt"),
          "pre_tokenizer",
          Set.of(
              "Sequence",
              "Split",
              "ByteLevel",
              "Metaspace",
              "Whitespace",
              "WhitespaceSplit",
              "Digits",
              "Punctuation",
              "BertPreTokenizer",
              "UnicodeScripts"),
          "post_processor",
          Set.of("Sequence", "TemplateProcessing", "ByteLevel"),
          "decoder",
          Set.of(
              "Sequence",
              "ByteLevel",
              "Replace",
              "ByteFallback",
              "Fuse",
              "Strip",
              "Metaspace",
              "WordPiece"));

  private static final Set<String> MODELS = Set.of("BPE", "Unigram", "WordLevel", "WordPiece");

  /** How many times longer all replacements together may make a text. */
  private static final double MOST_GROWTH = 16;

  /** Refuses, as a user error, what the engine cannot be trusted with. */
  void check(Map<String, JsonNode> model, Vocabulary vocabulary) {
    checkModel(model, vocabulary);
    double growth = 1;
    for (Map.Entry<String, JsonNode> part : parts.entrySet()) {
      for (JsonNode one : flat(part.getValue())) {
        String type = one.path("type").asText();
        Set<String> known = TYPES.getOrDefault(part.getKey(), Set.of());
        expect(
            known.contains(type),
            "has a %s of type '%s', expected one of %s"
                .formatted(
                    part.getKey(),
                    Quote.of(type),
                    String.join(", ", known.stream().sorted().toList())));
        growth *= part.getKey().equals("normalizer") ? growth(one) : 1;
        checkDecoder(one, part.getKey());
        checkTemplate(one);
      }
    }
    expect(growth <= MOST_GROWTH, "has normalizers that swell a text, expected at most 16 times");
  }

  private void checkModel(Map<String, JsonNode> model, Vocabulary vocabulary) {
    JsonNode type = model.get("type");
    // Files of before types were written have BPE.
    String name = type == null ? "BPE" : type.asText();
    expect(
        MODELS.contains(name),
        "has a model of type '%s', expected BPE, Unigram, WordLevel or WordPiece"
            .formatted(Quote.of(name)));
    for (String key : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      JsonNode affix = model.get(key);
      expect(
          !name.equals("BPE") || affix == null || affix.asText("").isEmpty() || affix.isNull(),
          "has a %s, expected none in a BPE model".formatted(key));
    }
    JsonNode unknown = model.get("unk_token");
    boolean words = name.startsWith("Word");
    expect(
        (unknown == null || unknown.isNull())
            ? !words
            : unknown.isTextual() && vocabulary.id(unknown.asText()).isPresent(),
        "has no unk_token that is in its vocabulary, expected one");
    JsonNode id = model.get("unk_id");
    expect(
        !name.equals("Unigram") || (id != null && id.isInt() && id.intValue() >= 0),
        "has no unk_id, expected one in a Unigram model");
  }

  /** All parts that a sequence holds, and it itself. */
  private List<JsonNode> flat(JsonNode part) {
    List<JsonNode> all = new ArrayList<>();
    if (part.isNull()) {
      return all;
    }
    all.add(part);
    for (String key : List.of("normalizers", "pretokenizers", "processors", "decoders")) {
      part.path(key).forEach(inner -> all.addAll(flat(inner)));
    }
    return all;
  }

  private double growth(JsonNode part) {
    JsonNode pattern = part.path("pattern").path("String");
    expect(
        !pattern.isTextual() || !pattern.asText().isEmpty(),
        "replaces the empty text, expected a text or a pattern");
    if (part.path("type").asText().equals("Prepend")) {
      expect(
          part.path("prepend").asText().length() <= MOST_GROWTH,
          "prepends a long text, expected a character");
      return 1;
    }
    int before = Math.max(1, pattern.asText("").length());
    return Math.max(1, (double) part.path("content").asText("").length() / before);
  }

  private void checkDecoder(JsonNode part, String key) {
    if (key.equals("decoder") && part.path("type").asText().equals("Strip")) {
      expect(
          part.path("stop").asLong(-1) == 0 && part.path("start").asLong(-1) <= 1,
          "has a decoder that strips more than one character, expected start 0 or 1 and stop 0");
    }
  }

  /** A template names tokens, which it then must define. */
  private void checkTemplate(JsonNode part) {
    for (String key : List.of("single", "pair")) {
      for (JsonNode piece : part.path(key)) {
        JsonNode token = piece.path("SpecialToken").path("id");
        JsonNode sequence = piece.path("Sequence").path("id");
        expect(
            token.isMissingNode() || part.path("special_tokens").has(token.asText()),
            "has a template with a token that it does not define, expected it in special_tokens");
        expect(
            sequence.isMissingNode()
                || sequence.asText().equals("A")
                || (sequence.asText().equals("B") && key.equals("pair")),
            "has a template of a text that there is not, expected A, and B in a pair");
        expect(
            !token.isMissingNode() || !sequence.isMissingNode(),
            "has a template of something else than tokens and texts, expected these");
      }
    }
  }

  private void expect(boolean fine, String complaint) {
    if (!fine) {
      throw user("%s: %s", file, complaint);
    }
  }
}
