package dev.piecrust.model;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.Bounds;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.BoundedJson;
import dev.piecrust.input.InputFile;
import dev.piecrust.input.Quote;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokens of a {@code tokenizer.json}: ids, pieces as written there, and which are special. */
final class Vocabulary {
  /** Far above any tokenizer in use; guards against a nonsense id. */
  private static final int MAX_ID = 10_000_000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> pieces = new HashMap<>();
  private final BitSet special = new BitSet();
  private int size;

  /** Those of all rules of any tokenizer are a few hundred. */
  private static final int MOST_NODES = 10_000;

  private final Path file;
  private final Map<String, JsonNode> parts = new HashMap<>();
  private final Map<String, JsonNode> model = new HashMap<>();

  private Vocabulary(Path file) {
    this.file = file;
  }

  /** Reads what is needed of a {@code tokenizer.json}, and passes over the rest. */
  static Vocabulary read(Path file) {
    if (Files.notExists(file)) {
      throw user("%s: is missing; expected it in the model's folder", file);
    }
    InputFile input = new InputFile(file, file.toString(), "a tokenizer as a JSON object");
    Vocabulary vocabulary = new Vocabulary(file);
    try (JsonParser parser =
        BoundedJson.parser(
            new InputStreamReader(
                input.open(InputFile.WHOLE), StandardCharsets.UTF_8.newDecoder()))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw user("%s: is no JSON object, expected a tokenizer", file);
      }
      vocabulary.take(parser);
      if (parser.nextToken() != null) {
        throw user("%s: goes on after its JSON object, expected no more", file);
      }
    } catch (JsonProcessingException e) {
      throw user("%s: %s, expected a tokenizer", file, BoundedJson.fault(e));
    } catch (CharacterCodingException e) {
      throw user("%s: is not a text in UTF-8, expected a tokenizer", file);
    } catch (IOException e) {
      throw PieCrustException.external(file + ": cannot be read", e);
    }
    if (vocabulary.size == 0) {
      throw user("%s: has no tokens; expected a vocabulary", file);
    }
    new TokenizerParts(file, vocabulary.parts).check(vocabulary.model, vocabulary);
    return vocabulary;
  }

  private void take(JsonParser parser) throws IOException {
    List<JsonNode> added = List.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("model") && value == JsonToken.START_OBJECT) {
        takeModel(parser);
      } else if (key.equals("added_tokens") && value == JsonToken.START_ARRAY) {
        added = items(parser);
      } else if (TokenizerParts.KEYS.contains(key)) {
        parts.put(key, BoundedJson.small(parser, MOST_NODES));
      } else {
        parser.skipChildren();
      }
    }
    added.forEach(this::addSpecial); // last, as they stand above the model's own
  }

  private void takeModel(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      boolean vocab = key.equals("vocab");
      JsonToken value = parser.nextToken();
      if (vocab && value == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String piece = parser.currentName();
          parser.nextToken();
          add(piece, scalar(parser));
        }
      } else if (vocab && value == JsonToken.START_ARRAY) {
        // A unigram model's vocabulary is a list of [piece, score]; its place is its id.
        int id = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          add(pair(parser).path(0).asText(), id++);
        }
      } else {
        model.put(key, scalar(parser));
      }
    }
  }

  private List<JsonNode> items(JsonParser parser) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw user("%s: has an added token that is no object, expected an id and a content", file);
      }
      ObjectNode item = NODES.objectNode();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        item.set(key, scalar(parser));
      }
      items.add(item);
    }
    return items;
  }

  /** A pair of scalars; what else there is in its place is passed over. */
  private JsonNode pair(JsonParser parser) throws IOException {
    ArrayNode pair = NODES.arrayNode();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw user("%s: has a token that is no list, expected [piece, score]", file);
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      pair.add(scalar(parser));
      if (pair.size() > 2) {
        throw user("%s: has a token of more than two values, expected [piece, score]", file);
      }
    }
    return pair;
  }

  /** A text, number or truth; a structure counts as nothing and is passed over. */
  private static JsonNode scalar(JsonParser parser) throws IOException {
    if (parser.currentToken().isScalarValue()) {
      return Json.mapper().readTree(parser);
    }
    parser.skipChildren();
    return NODES.missingNode();
  }

  private void addSpecial(JsonNode token) {
    add(token.path("content").asText(), token.path("id"));
    if (token.path("special").asBoolean()) {
      special.set(token.path("id").intValue());
    }
  }

  private void add(String piece, JsonNode id) {
    if (!id.isInt() || id.intValue() < 0 || id.intValue() > MAX_ID) {
      throw user(
          "%s: the id of token '%s' is %s; expected %s",
          file,
          Quote.of(piece),
          id.isMissingNode() ? "missing" : Quote.value(id),
          Bounds.words(0, MAX_ID));
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
