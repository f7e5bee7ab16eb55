package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnerTest {
  @TempDir Path folder;

  /** What it says may be waited for, since another process may be about to say where it is. */
  @Test
  void oneThatHasEndedIsAwayWhateverItLeftBehind() throws Exception {
    Home home = new Home(folder.resolve("home")).create();
    assertAway(home);
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    home.serverFile().write(new ServerAddress(1, "token", ended.pid()));
    assertAway(home);
    home.serverFile().write(new ServerAddress(1, "token", ProcessHandle.current().pid()));
    assertThat(Owner.answering(home)).isNotNull();
  }

  private static void assertAway(Home home) {
    assertThatThrownBy(() -> Owner.answering(home))
        .hasMessage("no PieCrust serves %s any more".formatted(home.folder()))
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
  }
}
