package dev.piecrust.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInTasksTest {
  private static final Path DEMO = Path.of("..", "demo", "model");
  private static final Pattern SIGNATURE = Pattern.compile("\\(self, (.*)\\):");

  private static Tokenizer tokenizer;

  @BeforeAll
  static void loadTokenizer() throws IOException {
    tokenizer = Tokenizer.load(DEMO);
  }

  @Test
  void ioiAnswersWithTheNameThatWasSaidOnce() {
    for (PromptPair pair : IoiTask.generate(tokenizer, 200, 1)) {
      assertThat(occurrences(pair.textClean(), pair.ioClean())).isEqualTo(1);
      assertThat(occurrences(pair.textClean(), pair.sClean())).isEqualTo(2);
    }
  }

  @Test
  void ioiCorruptionNamesThreeOthersAndKeepsTheRest() {
    for (PromptPair pair : IoiTask.generate(tokenizer, 200, 2)) {
      String[] clean = pair.textClean().split(" ");
      String[] corrupted = pair.textCorr().split(" ");
      assertThat(corrupted).hasSameSizeAs(clean);
      List<String> fresh =
          java.util.stream.IntStream.range(0, clean.length)
              .filter(i -> !clean[i].equals(corrupted[i]))
              .mapToObj(i -> corrupted[i])
              .toList();
      assertThat(fresh).hasSize(3).doesNotHaveDuplicates();
      assertThat(fresh).doesNotContain(pair.ioClean().strip(), pair.sClean().strip());
    }
  }

  @Test
  void ioiUsesEveryTemplateInBothOrdersWithoutRepeatingAPrompt() {
    List<PromptPair> pairs = IoiTask.generate(tokenizer, 300, 3);

    assertThat(pairs.stream().map(PromptPair::textClean)).doesNotHaveDuplicates();
    for (String template : IoiSentence.TEMPLATES) {
      String start = template.substring(0, template.indexOf('{'));
      List<PromptPair> ofTemplate =
          pairs.stream().filter(p -> p.textClean().startsWith(start)).toList();
      assertThat(ofTemplate.stream().map(BuiltInTasksTest::receiverIsFirst)).contains(true, false);
    }
  }

  @Test
  void docstringAnswersWithTheArgumentThatIsNext() {
    for (PromptPair pair : DocstringTask.generate(tokenizer, 200, 1)) {
      List<String> arguments = arguments(pair.textClean());
      int documented = occurrences(pair.textClean(), ":param") - 1;
      assertThat(pair.textClean()).endsWith(":param");
      assertThat(pair.ioClean()).isEqualTo(" " + arguments.get(documented));
      assertThat(arguments).contains(pair.sClean().strip()).doesNotHaveDuplicates();
    }
  }

  @Test
  void docstringCorruptionChangesTheWholeSignatureAlone() {
    for (PromptPair pair : DocstringTask.generate(tokenizer, 200, 2)) {
      assertThat(arguments(pair.textCorr()))
          .hasSameSizeAs(arguments(pair.textClean()))
          .doesNotContainAnyElementsOf(arguments(pair.textClean()));
      assertThat(SIGNATURE.matcher(pair.textCorr()).replaceFirst(""))
          .isEqualTo(SIGNATURE.matcher(pair.textClean()).replaceFirst(""));
    }
  }

  @Test
  void aSeedGivesTheSamePairsAndALongerListStartsWithTheShorter() {
    assertThat(IoiTask.generate(tokenizer, 40, 7).subList(0, 15))
        .isEqualTo(IoiTask.generate(tokenizer, 15, 7))
        .isNotEqualTo(IoiTask.generate(tokenizer, 15, 8));
    assertThat(DocstringTask.generate(tokenizer, 40, 7).subList(0, 15))
        .isEqualTo(DocstringTask.generate(tokenizer, 15, 7))
        .isNotEqualTo(DocstringTask.generate(tokenizer, 15, 8));
  }

  @Test
  void aTokenizerThatSplitsTheWordsIsRefused(@TempDir Path other) throws IOException {
    String json = Files.readString(DEMO.resolve("tokenizer.json"));
    String renamed =
        json.replaceAll("\" (?=[A-Z][a-z]+\" :)", "\"_").replace("\" files\"", "\"_f\"");
    Files.writeString(other.resolve("tokenizer.json"), renamed);
    Files.copy(DEMO.resolve("tokenizer_config.json"), other.resolve("tokenizer_config.json"));
    Tokenizer splitting = Tokenizer.load(other);

    assertThatThrownBy(() -> IoiTask.generate(splitting, 1, 0))
        .isInstanceOfSatisfying(
            PieCrustException.class, e -> assertThat(e.category()).isEqualTo(FailureCategory.USER))
        .hasMessage(
            "the tokenizer reads only 0 of 50 names of the ioi task as one token each, expected at"
                + " least 10");
    assertThat(DocstringTask.generate(splitting, 100, 0))
        .noneMatch(pair -> arguments(pair.textClean()).contains("files"));
  }

  private static boolean receiverIsFirst(PromptPair pair) {
    return pair.textClean().indexOf(pair.ioClean()) < pair.textClean().indexOf(pair.sClean());
  }

  private static List<String> arguments(String function) {
    Matcher matcher = SIGNATURE.matcher(function);
    assertThat(matcher.find()).isTrue();
    return Arrays.asList(matcher.group(1).split(", "));
  }

  private static int occurrences(String text, String part) {
    return (int) Pattern.compile(Pattern.quote(part) + "\\b").matcher(text).results().count();
  }
}
