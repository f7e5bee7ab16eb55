package dev.piecrust.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.failure.PieCrustException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens of a {@code tokenizer.json}: ids, pieces as written there, and which are special. */
final class Vocabulary {
  /** Far above any tokenizer in use; guards against a nonsense id. */
  private static final int MAX_ID = 10_000_000;

  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> pieces = new HashMap<>();
  private final BitSet special = new BitSet();
  private int size;

  private Vocabulary() {}

  static Vocabulary read(ConfigFile file) {
    Vocabulary vocabulary = new Vocabulary();
    JsonNode vocab = file.node().path("model").path("vocab");
    if (vocab.isObject()) {
      vocab.properties().forEach(e -> vocabulary.add(file, e.getKey(), e.getValue()));
    } else {
      // A unigram model's vocabulary is a list of [piece, score]; its place is its id.
      for (int id = 0; id < vocab.size(); id++) {
        vocabulary.add(vocab.path(id).path(0).asText(), id);
      }
    }
    for (JsonNode token : file.node().path("added_tokens")) {
      vocabulary.add(file, token.path("content").asText(), token.path("id"));
      if (token.path("special").asBoolean()) {
        vocabulary.special.set(token.path("id").intValue());
      }
    }
    if (vocabulary.size == 0) {
      throw PieCrustException.user("%s: has no tokens; expected a vocabulary", file.file());
    }
    return vocabulary;
  }

  private void add(ConfigFile file, String piece, JsonNode id) {
    if (!id.isInt() || id.intValue() < 0 || id.intValue() > MAX_ID) {
      throw PieCrustException.user(
          "%s: token '%s' has id %s; expected a whole number", file.file(), piece, id);
    }
    add(piece, id.intValue());
  }

  private void add(String piece, int id) {
    ids.put(piece, id);
    pieces.put(id, piece);
    size = Math.max(size, id + 1);
  }

  Optional<Integer> id(String piece) {
    return Optional.ofNullable(ids.get(piece));
  }

  String piece(int id) {
    if (id < 0 || id >= size) {
      throw new IndexOutOfBoundsException("token id " + id + " of " + size);
    }
    return pieces.getOrDefault(id, "<unused " + id + ">");
  }

  boolean isSpecial(int id) {
    return special.get(id);
  }

  int size() {
    return size;
  }
}
