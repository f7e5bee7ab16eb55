package dev.piecrust.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.database.DatabaseConfig;
import dev.piecrust.store.database.TestEngine;
import org.junit.jupiter.api.Test;

class H2StoreTest extends StoreContract {
  H2StoreTest() {
    super(TestEngine.H2);
  }

  @Test
  void refusesAnAddressOfAnotherEngine() {
    assertThatThrownBy(() -> Stores.database(new DatabaseConfig("jdbc:oracle:thin:@db", "u", "p")))
        .hasMessage(
            "the database's URL is 'jdbc:oracle:thin:@db', expected jdbc:h2:… or"
                + " jdbc:postgresql:…");
  }

  @Test
  void saysThatAServerDoesNotAnswerWithoutShowingThePassword() {
    DatabaseConfig nowhere =
        new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/piecrust", "u", "secret");
    assertThatThrownBy(() -> Stores.database(nowhere))
        .isInstanceOfSatisfying(
            PieCrustException.class,
            e -> {
              assertThat(e.category()).isEqualTo(FailureCategory.EXTERNAL);
              assertThat(e.getMessage())
                  .startsWith("database jdbc:postgresql://127.0.0.1:1/piecrust could not be opened")
                  .doesNotContain("secret")
                  .doesNotContain("\n");
            });
    assertThat(nowhere.toString()).doesNotContain("secret");
  }

  @Test
  void leavesErrorsOfTheCallerAlone() {
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        em -> {
                          throw PieCrustException.user("wrong");
                        }))
        .isInstanceOf(PieCrustException.class)
        .hasMessage("wrong");
  }
}
