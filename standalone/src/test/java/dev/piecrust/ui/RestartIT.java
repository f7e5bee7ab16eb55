package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.embedded.SmallSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed under an open page, and comes back. */
class RestartIT {
  @TempDir Path folder;

  @Test
  void saysSoConnectsAgainAndIsRightAgain() throws Exception {
    Program program = new Program(folder.resolve("home"));
    try (Chromium chromium = Chromium.start()) {
      Serving first = Serving.start(program);
      try (Viewer ada = chromium.viewer(first.pages()).entersBy(first.entrance())) {
        ada.sees("h2", "Nothing has been asked");
        ada.page().waitForSelector("html[data-connected=true]");
        first.stop();
        ada.sees("#offline", "Connection lost since");

        program.run("run", SmallSpec.write(folder, "fap").toString(), "--out", folder + "/out");
        try (Serving second = Serving.start(program, first.port())) {
          assertThat(second.port()).isEqualTo(first.port());
          ada.sees("tbody th", "small");
          ada.sees("tbody .chip", "finished");
          ada.page().waitForSelector("html[data-connected=true]");
          assertThat(ada.page().locator("#offline").isHidden()).isTrue();
        }
      } finally {
        first.close();
      }
    }
  }
}
