package dev.piecrust.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BoundsTest {
  @Test
  void takeTheBoundItself() {
    Bounds.atLeast("a", 1, 1);
    Bounds.between("a", 1, 1, 2);
    Bounds.between("a", 2, 1, 2);
    Bounds.share("a", 0);
    Bounds.share("a", 1);
    assertThat(Bounds.whole("a", " 2 ", 1, 2)).isEqualTo(2);
  }

  @Test
  void nameNumberAndBound() {
    refused(() -> Bounds.atLeast("a", 0, 1), "a is 0, expected 1 or more");
    refused(() -> Bounds.between("a", 0, 1, 2), "a is 0, expected a whole number from 1 to 2");
    refused(() -> Bounds.between("a", 3, 1, 2), "a is 3, expected a whole number from 1 to 2");
    refused(() -> Bounds.share("a", -0.1), "a is -0.1, expected a number from 0 to 1");
    refused(() -> Bounds.share("a", 1.1), "a is 1.1, expected a number from 0 to 1");
    refused(() -> Bounds.share("a", Double.NaN), "a is NaN, expected a number from 0 to 1");
    refused(() -> Bounds.whole("a", "3", 1, 2), "a is 3, expected a whole number from 1 to 2");
    refused(() -> Bounds.whole("a", "x", 1, 2), "a is 'x', expected a whole number from 1 to 2");
    refused(
        () -> Bounds.whole("a", "99999999999", 1, 2),
        "a is '99999999999', expected a whole number from 1 to 2");
  }

  private static void refused(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call)
        .hasMessage(sentence)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }
}
