package dev.piecrust.bench.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the demo language's word-level tokenizer in the Hugging Face format: a word keeps the
 * space in front of it, a new line the indentation behind it, so that the tokens of a text put
 * together are the text.
 */
final class DemoTokenizerFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private DemoTokenizerFiles() {}

  static void write(DemoVocabulary vocabulary, Path folder) throws IOException {
    write(folder.resolve("tokenizer.json"), tokenizer(vocabulary));
    write(folder.resolve("tokenizer_config.json"), config());
  }

  private static ObjectNode tokenizer(DemoVocabulary vocabulary) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    for (String special : List.of(DemoVocabulary.BOS, DemoVocabulary.UNKNOWN)) {
      root.withArray("added_tokens").add(special(special, vocabulary.id(special)));
    }
    root.putNull("normalizer");
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "Split");
    split.putObject("pattern").put("Regex", DemoVocabulary.PIECE.pattern());
    split.put("behavior", "Isolated").put("invert", false);
    root.set("post_processor", bosInFront(vocabulary.id(DemoVocabulary.BOS)));
    root.putObject("decoder").put("type", "Fuse");
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    ObjectNode ids = model.putObject("vocab");
    vocabulary.tokens().forEach(token -> ids.put(token, vocabulary.id(token)));
    model.put("unk_token", DemoVocabulary.UNKNOWN);
    return root;
  }

  private static ObjectNode special(String token, int id) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("content", token)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static ObjectNode bosInFront(int id) {
    ObjectNode template = JSON.createObjectNode().put("type", "TemplateProcessing");
    for (String form : List.of("single", "pair")) {
      template.withArray(form).add(part("SpecialToken", DemoVocabulary.BOS, 0));
      template.withArray(form).add(part("Sequence", "A", 0));
    }
    template.withArray("pair").add(part("Sequence", "B", 1));
    ObjectNode bos = template.putObject("special_tokens").putObject(DemoVocabulary.BOS);
    bos.put("id", DemoVocabulary.BOS);
    bos.putArray("ids").add(id);
    bos.putArray("tokens").add(DemoVocabulary.BOS);
    return template;
  }

  private static ObjectNode part(String kind, String id, int type) {
    ObjectNode part = JSON.createObjectNode();
    part.putObject(kind).put("id", id).put("type_id", type);
    return part;
  }

  private static ObjectNode config() {
    return JSON.createObjectNode()
        .put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("add_bos_token", true)
        .put("bos_token", DemoVocabulary.BOS)
        .put("unk_token", DemoVocabulary.UNKNOWN)
        .put("clean_up_tokenization_spaces", false);
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(json) + "\n", UTF_8);
  }
}
