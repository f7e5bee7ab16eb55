package dev.piecrust.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2StoreTest extends StoreContract {
  private Path file;
  private Database database;

  @BeforeAll
  void open(@TempDir Path folder) {
    file = folder.resolve("home").resolve("piecrust");
    database = Stores.database(DatabaseConfig.h2(file));
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Override
  Database database() {
    return database;
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
                database.run(
                    em -> {
                      throw PieCrustException.user("wrong");
                    }))
        .isInstanceOf(PieCrustException.class)
        .hasMessage("wrong");
  }
}
