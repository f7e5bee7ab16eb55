package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HalvingTest {
  private final List<String> tried = new ArrayList<>();

  private List<String> run(int size, int fits, int tooLarge) {
    return run(size, size, fits, tooLarge);
  }

  private List<String> run(int size, int most, int fits, int tooLarge) {
    return Halving.run(
        size,
        most,
        (first, last) -> {
          tried.add(first + "-" + last);
          if (last - first > fits || (first <= tooLarge && tooLarge < last)) {
            throw new EngineException("DefaultCPUAllocator: can't allocate memory: tried 9 bytes");
          }
          List<String> done = new ArrayList<>();
          for (int i = first; i < last; i++) {
            done.add("done " + i);
          }
          return done;
        },
        (a, b) -> {
          List<String> both = new ArrayList<>(a);
          both.addAll(b);
          return both;
        },
        (item, reason) -> List.of("failed " + item + ": " + reason));
  }

  @Test
  void aBatchThatDoesNotFitIsDoneInSmallerPartsInOrder() {
    assertThat(run(5, 2, -1)).containsExactly("done 0", "done 1", "done 2", "done 3", "done 4");
    assertThat(tried).containsExactly("0-5", "0-2", "2-5", "2-3", "3-5");
  }

  @Test
  void triesNoMoreTogetherThanAreForeseenToFit() {
    assertThat(run(5, 2, 9, -1)).hasSize(5).last().isEqualTo("done 4");
    assertThat(tried).containsExactly("0-2", "2-4", "4-5");
  }

  @Test
  void aSingleItemThatDoesNotFitFailsAloneWithItsReason() {
    List<String> results = run(3, 9, 1);
    assertThat(results).hasSize(3).contains("done 0", "done 2");
    assertThat(results.get(1))
        .startsWith("failed 1: does not fit into memory")
        .contains("tried 9 bytes");
  }

  @Test
  void otherFailuresOfTheEngineAreNotTakenForMemory() {
    assertThatThrownBy(
            () ->
                Halving.run(
                    2,
                    2,
                    (first, last) -> {
                      throw new EngineException("shapes do not match");
                    },
                    (a, b) -> a,
                    (item, reason) -> reason))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("shapes");
  }
}
