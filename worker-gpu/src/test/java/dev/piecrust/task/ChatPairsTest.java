package dev.piecrust.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.chat.ChatTemplate;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.gemma3.Gemma3Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of instruct models, with a tokenizer that has names with and without a space in front. */
final class ChatPairsTest {
  private static final String UNSPACED_MISSING = IoiWords.NAMES.get(0);

  @TempDir Path folder;

  @BeforeEach
  void tokenizer() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root =
        (ObjectNode)
            json.readTree(
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": null, "post_processor": null, "decoder": {"type": "Fuse"},
                 "pre_tokenizer": {"type": "Split", "behavior": "Isolated", "invert": false,
                   "pattern": {"Regex": "\\\\n| ?[A-Za-z]+|[^\\\\sA-Za-z]"}},
                 "model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {}}}
                """);
    ObjectNode vocabulary = (ObjectNode) root.path("model").path("vocab");
    List<String> specials = List.of("<pad>", "<unk>", "<bos>", "<start_of_turn>", "<end_of_turn>");
    for (String special : specials) {
      vocabulary.put(special, vocabulary.size());
      root.withArray("added_tokens")
          .addObject()
          .put("id", vocabulary.size() - 1)
          .put("content", special)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    for (String word : List.of("\n", "user", "model")) {
      vocabulary.put(word, vocabulary.size());
    }
    for (String name : IoiWords.NAMES.subList(0, 20)) {
      vocabulary.put(" " + name, vocabulary.size());
      if (!name.equals(UNSPACED_MISSING)) {
        vocabulary.put(name, vocabulary.size());
      }
    }
    Files.writeString(folder.resolve("tokenizer.json"), root.toString());
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        json.createObjectNode()
            .put("bos_token", "<bos>")
            .put("pad_token", "<pad>")
            .put(
                "chat_template",
                """
                {{ bos_token }}{% for m in messages %}<start_of_turn>{{ m.role }}
                {{ m.content | trim }}<end_of_turn>
                {% endfor %}{% if add_generation_prompt %}<start_of_turn>model
                {% endif %}""")
            .toString());
  }

  private List<PromptPair> pairs(Tokenizer tokenizer, String instruction) {
    return new ChatPairs(ChatTemplate.read(folder), instruction)
        .generate(TaskGenerator.of(TaskKind.IOI), tokenizer, 12, 7);
  }

  @Test
  void theAnswerIsTheFirstTokenOfTheAssistantAndBosComesOnce() {
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      List<PromptPair> pairs = pairs(tokenizer, "Say one word.");
      assertThat(pairs).hasSize(12).doesNotHaveDuplicates();
      for (PromptPair pair : pairs) {
        assertThat(pair.textClean())
            .startsWith("<bos><start_of_turn>user\nSay one word.\n")
            .endsWith("<end_of_turn>\n<start_of_turn>model\n");
        assertThat(pair.ioClean()).isNotEqualTo(UNSPACED_MISSING).doesNotStartWith(" ");
        int[] ids = tokenizer.encode(pair.textClean());
        assertThat(Arrays.stream(ids).filter(id -> tokenizer.bos().orElseThrow() == id).count())
            .isEqualTo(1);
        assertThat(tokenizer.token(ids[ids.length - 1])).isEqualTo("\n");
      }
      assertThat(pairs(tokenizer, "").get(0).textClean())
          .startsWith("<bos><start_of_turn>user\n")
          .doesNotContain("Say");
    }
  }

  @Test
  void noFeatureIsLookedAtWhereAUsersTurnOpensInGemma3() {
    int[] ids;
    try (Tokenizer plain = Tokenizer.load(folder)) {
      ids = plain.encode(pairs(plain, "").get(0).textClean());
      assertThat(plain.leading(ids)).isEqualTo(2); // BOS and the special token after it
      Tokenizer gemma = plain.opening(new Gemma3Family().turn());
      assertThat(gemma.leading(ids)).isEqualTo(4);
      assertThat(gemma.leading(plain.encode("user said " + UNSPACED_MISSING))).isEqualTo(1);
    }
  }

  @Test
  void aTokenizerWithoutSuchAnswersIsRefused() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    String whole = Files.readString(file);
    for (String name : IoiWords.NAMES.subList(1, 20)) {
      whole = whole.replaceFirst("\"" + name + "\":", "\"_" + name + "\":");
    }
    Files.writeString(file, whole);
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThatThrownBy(() -> pairs(tokenizer, ""))
          .hasMessageContaining("12 prompts that fit the chat template cannot be found")
          .hasMessageContaining("expected");
    }
  }
}
