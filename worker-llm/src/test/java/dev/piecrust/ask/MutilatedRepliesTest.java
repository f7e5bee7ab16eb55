package dev.piecrust.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MutilatedRepliesTest {
  @Property(tries = 300)
  void aDamagedReplyIsReadAsWhatItSaysOrRefusedAndNeverBreaksTheReader(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 2) Integer> ratings,
      @ForAll @IntRange(max = 400) int cutAt,
      @ForAll @IntRange(max = 400) int damagedAt,
      @ForAll char damage) {
    StringBuilder reply = new StringBuilder(said(ratings));
    reply.setCharAt(damagedAt % reply.length(), damage);
    reply.setLength(Math.min(reply.length(), cutAt));
    try {
      List<Integer> read = Shapes.ratings(ratings.size()).read(reply.toString());
      assertThat(read).hasSize(ratings.size()).allMatch(rating -> rating >= 0 && rating <= 2);
    } catch (BadReply e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  @Property(tries = 300)
  void talkAndFencesAroundAReplyChangeNothing(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 2) Integer> ratings,
      @ForAll("talk") String before,
      @ForAll("talk") String after)
      throws BadReply {
    String reply = before + "\n```json\n" + said(ratings) + "\n```\n" + after;
    assertThat(Shapes.ratings(ratings.size()).read(reply)).isEqualTo(ratings);
  }

  @Property(tries = 300)
  void anyTextIsReadWithoutAnythingHiddenInIt(@ForAll String text) {
    String reply = Json.write(Map.of("description", text));
    try {
      String description = Shapes.description().read(reply);
      assertThat(description.codePoints())
          .allMatch(c -> c == '\n' || c == '\t' || Character.getType(c) != Character.CONTROL);
      assertThat(description.length()).isLessThanOrEqualTo(Shapes.LONGEST_DESCRIPTION);
    } catch (BadReply e) {
      assertThat(e).hasMessageStartingWith("the description ");
      assertThat(text.codePoints().filter(Character::isLetter).count())
          .isLessThanOrEqualTo(String.valueOf(e.getMessage()).contains("form") ? 100 : 0);
    }
  }

  @Property(tries = 300)
  void noiseIsRefused(@ForAll("talk") String noise) {
    try {
      Shapes.texts(3).read(noise);
      throw new AssertionError("read three texts out of: " + noise);
    } catch (BadReply e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  /** Anything without a digit or a quote, so that it says no ratings and no texts of its own. */
  @Provide
  Arbitrary<String> talk() {
    return Arbitraries.strings().withChars("abc {}[]:,.!\n`-<>").ofMaxLength(60);
  }

  private static String said(List<Integer> ratings) {
    List<Map<String, Integer>> items = new ArrayList<>();
    for (int i = 0; i < ratings.size(); i++) {
      items.add(Map.of("id", i + 1, "rating", ratings.get(i)));
    }
    return Json.write(Map.of("ratings", items));
  }
}
