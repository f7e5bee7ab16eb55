package dev.piecrust.workflow.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OrdinalsTest {
  private static final int MANY = 20_000;

  @Test
  void comesBackFromItsJson() {
    Ordinals some = Ordinals.of(List.of(0, 7, 8, 19_999));
    Ordinals read = Json.read(Json.write(some), Ordinals.class, "ordinals");
    assertThat(read).isEqualTo(some);
    assertThat(read.stream()).containsExactly(0, 7, 8, 19_999);
    assertThat(read.size()).isEqualTo(4);
    assertThat(read.contains(8)).isTrue();
    assertThat(read.contains(9)).isFalse();
    assertThat(Json.write(Ordinals.NONE)).isEqualTo("\"\"");
    assertThat(Json.read("\"\"", Ordinals.class, "ordinals").isEmpty()).isTrue();
  }

  @Test
  void staysSmallHoweverManyThereAreAndWhereverTheyAre() {
    List<Integer> all = IntStream.range(0, MANY).boxed().toList();
    List<Integer> everySecond = all.stream().filter(i -> i % 2 == 1).toList();
    assertThat(Json.write(Ordinals.of(all))).hasSizeLessThan(4_000);
    assertThat(Json.write(Ordinals.of(everySecond))).hasSizeLessThan(4_000);
  }

  @Test
  void readsTheListsOfNumbersOfOlderCampaigns() {
    assertThat(Json.read("[3,17]", Ordinals.class, "ordinals"))
        .isEqualTo(Ordinals.of(List.of(3, 17)));
    assertThat(Json.read("[]", Ordinals.class, "ordinals")).isEqualTo(Ordinals.NONE);
  }

  @Test
  void refusesAnythingElse() {
    assertThatThrownBy(() -> Json.read("{}", Ordinals.class, "ordinals"))
        .hasMessageContaining("expected Base64 or a list of numbers");
  }
}
