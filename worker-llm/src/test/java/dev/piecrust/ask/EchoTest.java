package dev.piecrust.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What weak models really answer: they repeat what they were given. */
final class EchoTest {
  private static final String WINDOW =
      "Then, Mary and John went to the store. John gave a bottle of milk to Mary\nand left";
  private static final String INSTRUCTION =
      "You study one feature of a language model: a number that is high at some tokens of a text."
          + " Say what the feature responds to. One sentence or a few words.";
  private static final Echo ECHO =
      Echo.NONE
          .andQuotable("a text of the evidence", List.of("a b c", WINDOW))
          .andInstruction(INSTRUCTION);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ... | the description has no letters in it
          "…" | the description has no letters in it
          <> 123 ! | the description has no letters in it
          <description> | the description repeats the form of the answer
          Your description here. | the description repeats the form of the answer
          The description of the feature | the description repeats the form of the answer
          Mary went home. Answer with JSON alone, in this form: { | the description repeats the form of the answer
          [placeholder] | the description repeats the form of the answer
          Then, Mary and John went to the store. John gave a bottle | the description repeats a text of the evidence
          then << Mary>> and John went to the store; John gave a bottle of milk to Mary\\nand left | the description repeats a text of the evidence
          1. (100 %) Then, Mary and John went to the store. John gave a bottle of milk | the description repeats a text of the evidence
          Say what the feature responds to. | the description repeats the instructions
          The feature is a number that is high at some tokens of a text. Say what the feature responds to. One sentence | the description repeats the instructions
          A number that is high at some tokens of a text | the description repeats the instructions
          """)
  void aDescriptionThatSaysNothingIsNone(String description, String why) {
    assertThatThrownBy(() -> Shapes.description(ECHO).read(said("description", description)))
        .isInstanceOf(BadReply.class)
        .hasMessage(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "names",
        "Mary",
        "went to the store",
        "the second name in \"Mary and John went to the store\"",
        "a description of a place",
        "placeholders in code, such as foo",
        "the person to whom a bottle of milk or another thing is given, after two names",
        "人名"
      })
  void aDescriptionMayQuoteAFewWords(String description) throws BadReply {
    assertThat(Shapes.description(ECHO).read(said("description", description)))
        .isEqualTo(description);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ... | Mary left. | a text has neither letters nor digits in it
          '' | Mary left. | the text is empty
          Mary left. | Mary left. | two texts are the same
          Mary left. | Names of people, after another name. | the text repeats the description
          "names of people after another name" | Mary left. | the text repeats the description
          """)
  void textsThatSayNothingAreNone(String one, String two, String why) {
    Echo echo = Echo.NONE.andWhole("the description", "names of people, after another name");
    assertThatThrownBy(() -> Shapes.texts(2, echo).read(said("texts", List.of(one, two))))
        .isInstanceOf(BadReply.class)
        .hasMessage(why);
  }

  @Test
  void aTextMayConsistOfWhatItsDescriptionQuotes() throws BadReply {
    Echo echo =
        Echo.NONE.andWhole(
            "the description",
            "the name in \"went to the store and gave a bottle of milk to Mary\" or in \"Mary and"
                + " John sang\"");
    List<String> texts = List.of("went to the store and gave a bottle of milk to Mary", "1 + 1");
    assertThat(Shapes.texts(2, echo).read(said("texts", texts))).isEqualTo(texts);
  }

  @Test
  void theFormsOfAllAnswersAreUnread() {
    assertThatThrownBy(() -> Shapes.description().read(Shapes.description().example()))
        .isInstanceOf(BadReply.class);
    for (int count = 1; count < 4; count++) {
      int asked = count;
      assertThatThrownBy(() -> Shapes.texts(asked).read(Shapes.texts(asked).example()))
          .isInstanceOf(BadReply.class);
      assertThatThrownBy(() -> Shapes.ratings(asked).read(Shapes.ratings(asked).example()))
          .isInstanceOf(BadReply.class);
    }
  }

  private static String said(String name, Object value) {
    return Json.write(Map.of(name, value));
  }
}
