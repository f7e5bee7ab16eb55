package dev.piecrust.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
  @ParameterizedTest
  @CsvSource({
    "USER, true",
    "EXTERNAL, false",
    "RESOURCES, false",
    "NUMERIC, true",
    "INTERNAL, false"
  })
  void retriesWhatTryingAgainCanHelp(FailureCategory category, boolean nonRetryable) {
    RuntimeException mapped = Failures.toTemporal(new PieCrustException(category, "a sentence"));
    assertThat(mapped)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(category.name());
              assertThat(failure.isNonRetryable()).isEqualTo(nonRetryable);
              assertThat(failure.getOriginalMessage()).isEqualTo("a sentence");
            });
  }

  @ParameterizedTest
  @EnumSource(FailureCategory.class)
  void findsCategoryAndSentenceAgainOnTheOtherSide(FailureCategory category) {
    RuntimeException sent = Failures.toTemporal(new PieCrustException(category, "a sentence"));
    Exception received = new ExecutionException("wrapped", sent);
    assertThat(Failures.categoryOf(received)).isEqualTo(category);
    assertThat(Failures.sentence(received)).isEqualTo("a sentence");
  }

  @Test
  void leavesTemporalsOwnFailuresAlone() {
    CanceledFailure cancelled = new CanceledFailure("stop");
    assertThat(Failures.toTemporal(cancelled)).isSameAs(cancelled);
  }

  @Test
  void callsWhatNobodyThrewOnPurposeInternal() {
    IllegalStateException bug = new IllegalStateException("index 3");
    assertThat(Failures.categoryOf(bug)).isEqualTo(FailureCategory.INTERNAL);
    assertThat(Failures.sentence(bug)).isEqualTo("IllegalStateException: index 3");
    assertThat(Failures.toTemporal(bug))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, f -> assertThat(f.getType()).isEqualTo("INTERNAL"));
  }

  @Test
  void prefersTheDeliberateFailureToWhatWrapsIt() {
    RuntimeException wrapped =
        new IllegalStateException("outer", PieCrustException.user("name: is %s", "missing"));
    assertThat(Failures.categoryOf(wrapped)).isEqualTo(FailureCategory.USER);
    assertThat(Failures.sentence(wrapped)).isEqualTo("name: is missing");
  }

  @Test
  void passesOnWhenToTryAgain() {
    RuntimeException sent =
        Failures.toTemporal(PieCrustException.external("busy", Duration.ofSeconds(7)));
    assertThat(sent)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7)));
  }
}
