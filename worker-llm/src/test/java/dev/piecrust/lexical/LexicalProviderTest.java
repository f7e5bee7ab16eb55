package dev.piecrust.lexical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.ask.BadReply;
import dev.piecrust.ask.Echo;
import dev.piecrust.ask.Shape;
import dev.piecrust.ask.Shapes;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.Stratum;
import dev.piecrust.llm.LlmQuestion;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.price.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LexicalProviderTest {
  private static final List<String> SENTENCES =
      List.of(
          "When| Mary| and| John| left|,| John| gave| a| ball| to| Mary|.",
          "Then| Tom| and| Lucy| left|,| Lucy| gave| a| ring| to| Tom|.",
          "When| John| and| Lucy| met|,| Lucy| sold| a| map| to| John|.",
          "Then| Mary| and| Tom| met|,| Tom| sold| a| cake| to| Mary|.",
          "The| cat| says| meow|.| The| dog| says| woof|.");
  private static final List<String> REPEATING =
      List.of(
          "Mary| saw| Tom|.| Tom| and| Mary| saw| Lucy|.",
          "Tom| and| Lucy| ran|,| and| Lucy| saw| Tom|.",
          "Lucy| saw| Mary| and| John|.| John| ran| and| Mary| ran|.");

  @Test
  void namesTheWordsAtWhichAFeatureIsActive() throws BadReply {
    String description = describe(evidence(word -> word.form().equals("Mary")));
    assertThat(description).startsWith("baseline: words \"Mary\"; as in \"");
    assertThat(rate(description, "Then Mary left.", "Then MARY left.", "It is a Maryland."))
        .containsExactly(2, 1, 0);
  }

  @Test
  void namesWhatStandsBeforeThem() throws BadReply {
    String description = describe(evidence(word -> word.previous().equals("to")));
    assertThat(description).startsWith("baseline: any word after \"to\"");
    assertThat(rate(description, "He went to Rome.", "To be.", "No way.")).containsExactly(2, 1, 0);
  }

  @Test
  void seesThatWordsAreNamesThatOccurredBefore() throws BadReply {
    String description =
        describe(evidence(REPEATING, word -> word.repeated() && word.capitalised()));
    assertThat(description).contains("that occurred before");
    assertThat(rate(description, "Mary met Mary.", "Mary left.")).containsExactly(2, 1);
  }

  @Test
  void writesTextsThatItWouldRateTwo() throws BadReply {
    String description =
        describe(evidence(word -> List.of("Mary", "Tom", "Lucy").contains(word.form())));
    List<String> texts = writtenFrom(description);
    assertThat(rate(description, texts.toArray(String[]::new))).containsOnly(2);
    assertThat(texts).doesNotHaveDuplicates();
  }

  @Test
  void quotesWhatIsSaidAgainAndAgainOnce() throws BadReply {
    String description =
        describe(
            evidence(
                List.of(
                    "After| Monday| comes| Tuesday|,| then| Wednesday|.| After| Sunday| comes",
                    "After| Monday| comes| Tuesday|,| then| Wednesday|.| After| Sunday| comes",
                    "After| Monday| comes| Tuesday|,| then| Wednesday|.| After| Friday| comes"),
                word -> word.form().equals("After") && word.repeated()));
    assertThat(description).containsOnlyOnce("Wednesday").contains("<<After>> Sunday");
    assertThat(writtenFrom(description)).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void writesNoTextThatIsTheDescriptionAgain() throws BadReply {
    String description =
        describe(
            evidence(
                List.of(
                    "Is| the| old| hospital| of| our| town| long|?| No|,| it| is| short|.",
                    "What| somebody| wants| to| hear| of| the| river| and| its| banks| is| this|."),
                word -> word.form().equals("is")));
    assertThat(description).contains("hospital", "river");
    assertThat(writtenFrom(description)).hasSize(15).doesNotHaveDuplicates();
  }

  /** What stage III has written, which is refused where it repeats the description. */
  private static List<String> writtenFrom(String description) throws BadReply {
    Echo echo = Echo.NONE.andWhole("the description", description);
    List<String> texts = new ArrayList<>();
    for (int call = 0; call < 3; call++) {
      texts.addAll(answer(new LlmQuestion.Write(description, 5, call), Shapes.texts(5, echo)));
    }
    return texts;
  }

  @Test
  void ratesByTheWordsThatSomebodyElsesDescriptionQuotes() throws BadReply {
    assertThat(rate("the word \"rain\" in any sense", "It will rain.", "Sun"))
        .containsExactly(2, 0);
  }

  @Test
  void costsNothing() {
    LlmReply reply =
        new LexicalProvider().ask(request(new LlmQuestion.Rate("rain", List.of("rain"))));
    assertThat(reply.usage()).contains(TokenUsage.NONE);
  }

  @Property(tries = 200)
  void readsBackWhatItSaid(
      @ForAll @Size(min = 1, max = 4) List<@NotEmpty String> words,
      @ForAll @Size(max = 3) List<@NotEmpty String> after,
      @ForAll boolean repeated,
      @ForAll @Size(max = 3) List<String> pieces) {
    Finding finding = new Finding(new Rule(Rule.Kind.LISTED, words, after, repeated), pieces);
    assertThat(Finding.parse(finding.text())).isEqualTo(finding);
  }

  @Property(tries = 200)
  void ratesAnyTextByAnyDescription(@ForAll String description, @ForAll String text)
      throws BadReply {
    assertThat(rate(description, text)).hasSize(1);
  }

  private static List<Integer> rate(String description, String... texts) throws BadReply {
    return answer(new LlmQuestion.Rate(description, List.of(texts)), Shapes.ratings(texts.length));
  }

  private static String describe(List<Example> evidence) throws BadReply {
    return answer(new LlmQuestion.Describe(evidence, 0.6), Shapes.description());
  }

  private static <T> T answer(LlmQuestion question, Shape<T> shape) throws BadReply {
    return shape.read(new LexicalProvider().ask(request(question)).text());
  }

  private static LlmRequest request(LlmQuestion question) {
    return new LlmRequest(
        "lexical",
        List.of(),
        Optional.empty(),
        100,
        "any",
        Shapes.description().schema(),
        question);
  }

  /** The sentences, with a feature that is active at these words. */
  private static List<Example> evidence(Predicate<Word> active) {
    return evidence(SENTENCES, active);
  }

  private static List<Example> evidence(List<String> sentences, Predicate<Word> active) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      List<String> tokens = List.of(sentences.get(i).split("\\|"));
      List<Word> words = Words.of(String.join("", tokens));
      List<Float> activations = words.stream().map(w -> active.test(w) ? 3f : 0f).toList();
      examples.add(new Example(i, Stratum.TOP, tokens, activations));
    }
    return examples;
  }
}
