package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.nio.file.Files;
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
    home.serverFile().write(at(ended.pid(), false));
    assertAway(home);
    home.serverFile().write(at(ProcessHandle.current().pid(), false));
    assertThat(Owner.answering(home, at(ended.pid(), false))).isNotNull();
  }

  /** A command with a campaign of its own, which nobody starts again. */
  @Test
  void oneThatWasThereForItsOwnCampaignIsNotWaitedFor() {
    Home home = new Home(folder.resolve("home")).create();
    assertThatThrownBy(() -> Owner.answering(home, at(1234567, true)))
        .hasMessageContaining("has ended (process 1234567), expected another one")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
    home.serverFile().write(at(ProcessHandle.current().pid(), false));
    assertThat(Owner.answering(home, at(1234567, true))).as("another has begun").isNotNull();
  }

  @Test
  void filesOfEarlierReleasesDoNotSayWhetherItStays() throws Exception {
    Home home = new Home(folder.resolve("home")).create();
    Files.writeString(
        home.serverFile().file(), "{\"port\":1,\"token\":\"t\",\"pid\":%d}".formatted(7));
    assertThat(home.serverFile().read().orElseThrow().brief()).isFalse();
  }

  private static ServerAddress at(long pid, boolean brief) {
    return new ServerAddress(1, "token", pid, brief);
  }

  private static void assertAway(Home home) {
    assertThatThrownBy(() -> Owner.answering(home, at(1, false)))
        .hasMessage("no PieCrust serves %s any more".formatted(home.folder()))
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
  }
}
