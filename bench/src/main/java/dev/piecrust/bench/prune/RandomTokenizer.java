package dev.piecrust.bench.prune;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.task.IoiSentence;
import dev.piecrust.task.IoiWords;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A word-level tokenizer of a given number of tokens that reads the sentences of the IOI task: each
 * of their words and signs is a token, special ones have the model's ids, and the rest are words
 * that no sentence has.
 */
record RandomTokenizer(BenchShape shape) {
  private static final Pattern PIECE = Pattern.compile("\\w+|[^\\w\\s]+");

  /** Where a template has a name, a place or an object. */
  private static final Pattern BLANK = Pattern.compile("\\{[A-Z]}");

  /** With which no word of a sentence begins. */
  private static final String FILLER = "_";

  /** {@code tokenizer.json}. */
  ObjectNode json() {
    ObjectNode root = new ObjectMapper().createObjectNode().put("version", "1.0");
    SortedMap<Integer, String> specials = new TreeMap<>();
    shape
        .published()
        .specials(shape.vocabulary())
        .forEach(special -> specials.put(special.id(), special.content()));
    for (Map.Entry<Integer, String> special : specials.entrySet()) {
      root.withArray("added_tokens")
          .addObject()
          .put("id", special.getKey())
          .put("content", special.getValue())
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    root.putObject("pre_tokenizer").put("type", "Whitespace");
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    model.put("unk_token", FILLER);
    ObjectNode vocabulary = model.putObject("vocab");
    Iterator<String> words = Stream.concat(Stream.of(FILLER), words().stream()).iterator();
    for (int id = 0; id < shape.vocabulary(); id++) {
      vocabulary.put(
          specials.getOrDefault(id, "").isEmpty() ? next(words, id) : specials.get(id), id);
    }
    return root;
  }

  private static String next(Iterator<String> words, int id) {
    return words.hasNext() ? words.next() : FILLER + id;
  }

  private static TreeSet<String> words() {
    return Stream.of(IoiWords.NAMES, IoiWords.PLACES, IoiWords.OBJECTS, IoiSentence.TEMPLATES)
        .flatMap(List::stream)
        .map(text -> BLANK.matcher(text).replaceAll(" "))
        .flatMap(text -> PIECE.matcher(text).results().map(MatchResult::group))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
