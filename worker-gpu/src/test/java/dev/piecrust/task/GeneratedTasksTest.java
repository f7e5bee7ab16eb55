package dev.piecrust.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.TaskKind;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every generator, under a tokenizer that knows the words of all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedTasksTest {
  private static final Path DEMO = Path.of("..", "demo", "model");
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "piecrust", "task");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

  private Tokenizer single;
  private Tokenizer pairs;

  /** Digits are read one by one by one of them, and by twos by the other. */
  @BeforeAll
  void load(@TempDir Path folder) throws IOException {
    single = load(folder.resolve("single"), "");
    pairs = load(folder.resolve("pairs"), " ?\\d\\d|");
  }

  @AfterAll
  void close() {
    single.close();
    pairs.close();
  }

  private static Tokenizer load(Path folder, String first) throws IOException {
    Files.createDirectories(folder);
    ObjectNode json =
        (ObjectNode) Json.mapper().readTree(Files.readString(DEMO.resolve("tokenizer.json")));
    ObjectNode pattern = (ObjectNode) json.at("/pre_tokenizer/pattern");
    pattern.put("Regex", first + pattern.get("Regex").asText());
    ObjectNode vocabulary = (ObjectNode) json.at("/model/vocab");
    words().forEach(word -> add(vocabulary, word));
    Files.writeString(folder.resolve("tokenizer.json"), Json.write(json));
    Files.copy(DEMO.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
    return Tokenizer.load(folder);
  }

  private static Stream<String> words() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      List<String> literals =
          files
              .sorted()
              .flatMap(file -> LITERAL.matcher(read(file)).results())
              .map(found -> found.group(1))
              .toList();
      Stream<String> numbers = Stream.iterate(0, i -> i + 1).limit(100).map("%02d"::formatted);
      Stream<String> digits = Stream.iterate(0, i -> i + 1).limit(10).map(String::valueOf);
      Stream<String> marks = Stream.of("?", "'", ".", ",", "%", "isn", "t");
      return Stream.of(
              literals.stream().flatMap(text -> WORD.matcher(text).results().map(r -> r.group())),
              numbers,
              digits,
              marks)
          .flatMap(s -> s);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void add(ObjectNode vocabulary, String word) {
    for (String form : List.of(word, " " + word)) {
      if (!vocabulary.has(form)) {
        vocabulary.put(form, vocabulary.size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FILE")
  void givePairsThatDependOnTheSeedAndTheirIndexAlone(TaskKind kind) {
    TaskGenerator generator = TaskGenerator.of(kind);
    List<PromptPair> found = generator.generate(single, 30, 5);
    assertThat(found).hasSize(30);
    assertThat(found.stream().map(PromptPair::textClean)).doesNotHaveDuplicates();
    assertThat(found.subList(0, 10)).isEqualTo(generator.generate(single, 10, 5));
    assertThat(found).isNotEqualTo(generator.generate(single, 30, 6));
    for (PromptPair pair : found) {
      assertThat(pair.textCorr()).isNotEqualTo(pair.textClean());
      PairChecks.check(pair, single, "pair");
      assertThat(Arrays.stream(single.encodeRaw(pair.textClean())).noneMatch(single::isSpecial))
          .as(pair.textClean())
          .isTrue();
    }
  }

  @Test
  void yearsAreLaterThanTheStartAndNotLater() {
    Pattern years = Pattern.compile("from the year (\\d{4}) to the year (\\d+)$");
    for (Tokenizer tokenizer : List.of(single, pairs)) {
      for (PromptPair pair : TaskGenerator.of(TaskKind.GREATER_THAN).generate(tokenizer, 50, 1)) {
        Matcher matcher = years.matcher(pair.textClean());
        assertThat(matcher.find()).as(pair.textClean()).isTrue();
        int start = Integer.parseInt(matcher.group(1));
        assertThat(Integer.parseInt(matcher.group(2) + pair.ioClean())).isGreaterThan(start);
        assertThat(Integer.parseInt(matcher.group(2) + pair.sClean())).isLessThanOrEqualTo(start);
        assertThat(pair.ioClean()).hasSize(tokenizer == pairs ? 2 : 1);
        assertThat(pair.textCorr()).containsPattern(tokenizer == pairs ? "\\d\\d01 to" : "0 to");
      }
    }
  }

  @Test
  void verbsAgreeWithTheFirstNoun() {
    Pattern plural = Pattern.compile("^The \\w+s\\b");
    for (TaskKind kind : List.of(TaskKind.SVA, TaskKind.SVA_NOUN_PP, TaskKind.SVA_RC)) {
      for (PromptPair pair : TaskGenerator.of(kind).generate(single, 60, 2)) {
        boolean many = plural.matcher(pair.textClean()).find();
        assertThat(pair.ioClean())
            .isIn(many ? List.of(" are", " were", " have") : List.of(" is", " was", " has"));
        assertThat(plural.matcher(pair.textCorr()).find()).isNotEqualTo(many);
        assertThat(pair.textCorr().replaceFirst("^The \\w+", ""))
            .isEqualTo(pair.textClean().replaceFirst("^The \\w+", ""));
      }
    }
  }

  @Test
  void sumsAndDifferencesAreRight() {
    Pattern question = Pattern.compile("much is (\\d+) (plus|minus) (\\d+)\\?");
    for (PromptPair pair : TaskGenerator.of(TaskKind.ARITHMETIC).generate(pairs, 60, 3)) {
      assertThat(result(question, pair.textClean()))
          .isEqualTo(Integer.parseInt(pair.ioClean().strip()));
      assertThat(result(question, pair.textCorr()))
          .isEqualTo(Integer.parseInt(pair.sClean().strip()));
    }
  }

  private static int result(Pattern question, String text) {
    Matcher matcher = question.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    int one = Integer.parseInt(matcher.group(1));
    int two = Integer.parseInt(matcher.group(3));
    return matcher.group(2).equals("plus") ? one + two : one - two;
  }

  @Test
  void theLetterIsThatOfTheColorThatIsNamed() {
    for (PromptPair pair : TaskGenerator.of(TaskKind.MULTIPLE_CHOICE).generate(single, 40, 4)) {
      assertThat(pair.ioClean()).isEqualTo(" " + letter(pair.textClean()));
      assertThat(pair.sClean()).isEqualTo(" " + letter(pair.textCorr()));
    }
  }

  private static String letter(String text) {
    Matcher named = Pattern.compile("^The \\w+ is (\\w+)\\.").matcher(text);
    assertThat(named.find()).as(text).isTrue();
    Matcher choice = Pattern.compile("\\n(\\w)\\. " + named.group(1) + "\\b").matcher(text);
    assertThat(choice.find()).as(text).isTrue();
    return choice.group(1);
  }

  @Test
  void aTokenizerThatDoesNotKnowTheWordsIsRefused() throws IOException {
    try (Tokenizer demo = Tokenizer.load(DEMO)) {
      assertThatThrownBy(() -> TaskGenerator.of(TaskKind.CAPITAL_COUNTRY).generate(demo, 1, 0))
          .isInstanceOfSatisfying(
              PieCrustException.class,
              e -> assertThat(e.category()).isEqualTo(FailureCategory.USER))
          .hasMessageContaining(
              "does not suit the task capital-country: of 1,000 prompts none fits")
          .hasMessageContaining("expected a model that reads their words");
    }
  }
}
