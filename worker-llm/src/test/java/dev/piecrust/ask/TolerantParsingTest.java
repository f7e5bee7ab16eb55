package dev.piecrust.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TolerantParsingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ratings\": [{\"id\": 1, \"rating\": 0}, {\"id\": 2, \"rating\": 2}]}",
        "{\"ratings\": [{\"id\": 2, \"rating\": 2}, {\"id\": 1, \"rating\": 0}]}",
        "```json\n{\"ratings\": [{\"id\": 1, \"rating\": 0}, {\"id\": 2, \"rating\": 2}]}\n```",
        "Here you are [as JSON]:\n{\"ratings\": [0, 2]}\nText 2 {the second} fits best.",
        "{\"ratings\": {\"1\": 0, \"2\": 2}}",
        "{\"1\": \"0\", \"2\": \"2\"}",
        "[0, 2]",
        "[\"0\", \"2\",]",
        "[{\"ratings\": [0, 2.0]}]",
        "{'ratings': [{'id': '1', 'rating': '0'}, {'id': '2', 'rating': '2'}]}",
        "[{\"id\": 1, \"rating\": 0, \"why\": \"it { does not\"}, {\"id\": 2, \"rating\": 2}]"
      })
  void readsRatingsHoweverTheyAreSaid(String reply) throws BadReply {
    assertThat(Shapes.ratings(2).read(reply)).containsExactly(0, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "I cannot do that.",
        "{\"ratings\": [0]}",
        "{\"ratings\": [0, 1, 2]}",
        "{\"ratings\": [0, 3]}",
        "{\"ratings\": [0, -1]}",
        "{\"ratings\": [0, 1.5]}",
        "{\"ratings\": [0, null]}",
        "{\"ratings\": [0, true]}",
        "{\"ratings\": \"02\"}",
        "{\"ratings\": [{\"id\": 1, \"rating\": 0}, {\"id\": 1, \"rating\": 2}]}",
        "{\"ratings\": [{\"id\": 1, \"rating\": 0}, {\"id\": 3, \"rating\": 2}]}",
        "{\"ratings\": [{\"id\": 1, \"rating\": 0}, {\"id\": 2, \"rati",
        "{\"1\": 0, \"b\": 2}"
      })
  void refusesRatingsThatAreNotWhatWasAskedFor(String reply) {
    assertThatThrownBy(() -> Shapes.ratings(2).read(reply)).isInstanceOf(BadReply.class);
  }

  @Test
  void saysWhatIsWrongInItsOwnWords() {
    assertThatThrownBy(() -> Shapes.ratings(2).read("{\"ratings\": [2]}"))
        .hasMessage("there are 1 ratings, expected 2");
    assertThatThrownBy(() -> Shapes.texts(2).read("{\"texts\": [\"a\", \"\\u0000 \"]}"))
        .hasMessage("the text is empty");
    assertThatThrownBy(() -> Shapes.description().read("{\"descr\": \"<script>\"}"))
        .hasMessage("the description is missing or not a string");
  }

  @Test
  void readsTextsAsStringsOrAsObjects() throws BadReply {
    List<String> expected = List.of("one", "two");
    assertThat(Shapes.texts(2).read("{\"texts\": [\"one\", \"two\"]}")).isEqualTo(expected);
    assertThat(Shapes.texts(2).read("[{\"text\": \"one\"}, {\"text\": \" two\\n\"}]"))
        .isEqualTo(expected);
  }

  @Test
  void cleansWhatAModelWrote() throws BadReply {
    String reply =
        "{\"description\": \"\\u001b[31mred\\u0000\\u202e \\ud83d\\ude00 a\\nb\\ud83d\"}";
    assertThat(Shapes.description().read(reply)).isEqualTo("[31mred 😀 a\nb");
    String longer = "{\"description\": \"" + "x".repeat(5000) + "\"}";
    assertThat(Shapes.description().read(longer)).hasSize(Shapes.LONGEST_DESCRIPTION);
  }

  @Test
  void givesUpOnRepliesBeyondAnyReason() {
    assertThatThrownBy(() -> TolerantJson.read("[".repeat(100_000))).isInstanceOf(BadReply.class);
    assertThatThrownBy(() -> TolerantJson.read("{}".repeat(TolerantJson.LONGEST)))
        .hasMessageContaining("longer than");
  }
}
