package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import dev.piecrust.embedded.Serving;
import dev.piecrust.embedded.SmallSpec;
import dev.piecrust.serve.ApiAccess;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the packaged program while what they ask is away, and when it is back. */
@Timeout(300)
final class ClientsWaitIT {
  private static final String TOKEN = "a token of sixteen or more";
  private static final String WAITS = "; waiting for up to 3 min";
  private static final String BACK = "it answers again, after ";

  @TempDir Path folder;

  @Test
  void watchAndStatusOutliveARestartOfTheServer() throws Exception {
    Program served = new Program(folder.resolve("home")).with(ApiAccess.TOKEN, TOKEN);
    Program client = new Program(folder.resolve("elsewhere")).with(ApiAccess.TOKEN, TOKEN);
    String spec = SmallSpec.write(folder, "fap, fap-synergy, random").toString();
    Program.Running watch;
    Program.Running beside;
    Program.Running status;
    int port;
    String server;
    try (Serving first = Serving.start(served)) {
      port = first.port();
      server = "http://127.0.0.1:" + port;
      assertThat(client.run("run", spec, "--server", server)).contains("runs in another process");
      watch = client.start("watch", "small", "--server", server);
      beside = served.start("watch", "small");
      awaitWords(watch, "score");
      awaitWords(beside, "score");
    } // killed
    awaitWords(watch, server + "/ does not answer");
    awaitWords(watch, WAITS);
    awaitWords(beside, WAITS);
    status = client.start("status", "--server", server);
    awaitWords(status, WAITS);
    try (Serving second = Serving.start(served, port)) {
      assertThat(second.port()).isEqualTo(port);
      for (Program.Running waiting : new Program.Running[] {status, watch, beside}) {
        assertThat(waiting.exitStatus()).as(waiting.printed()).isZero();
        assertThat(waiting.printed()).contains(BACK).doesNotContain("\tat ");
      }
      assertThat(watch.printed()).contains("finished");
      assertThat(beside.printed()).contains("finished");
    }
  }

  @Test
  void statusOutlivesARestartOfPostgres() throws Exception {
    RealTemporal.requireCommand();
    try (TestCluster cluster = new TestCluster(folder)) {
      Program client = cluster.program("client");
      assertThat(client.run("status")).contains("No campaigns yet");
      cluster.postgres.kill();
      Program.Running status = client.start("status");
      awaitWords(status, WAITS);
      assertThat(status.printed()).contains("database jdbc:postgresql://");
      cluster.postgres.startAgain();
      assertThat(status.exitStatus()).as(status.printed()).isZero();
      assertThat(status.printed()).contains(BACK, "No campaigns yet");
    }
  }

  /** Those that follow a campaign look into the database, and it goes on when Temporal is back. */
  @Test
  void runWatchAndStatusOutliveARestartOfTemporal() throws Exception {
    RealTemporal.requireCommand();
    try (TestCluster cluster = new TestCluster(folder)) {
      cluster.start(TestCluster.Role.SERVE, "serve");
      cluster.start(TestCluster.Role.GPU, "gpu");
      cluster.awaitStarted();
      Program client = cluster.program("client");
      String spec = SmallSpec.write(folder, "fap, fap-synergy, random").toString();
      Program.Running run =
          client.start("run", spec, "--out", folder.resolve("exports").toString());
      awaitWords(run, "score");
      Program.Running watch = client.start("watch", "small");
      awaitWords(watch, "score");
      cluster.temporal.kill();
      Program.Running status = client.start("status");
      Program.Running again = client.start("run", spec);
      for (Program.Running waiting : new Program.Running[] {status, again}) {
        awaitWords(waiting, WAITS);
        assertThat(waiting.printed()).contains("Temporal does not answer at 127.0.0.1:");
      }
      cluster.temporal.startAgain();
      for (Program.Running waiting : new Program.Running[] {status, again, run, watch}) {
        assertThat(waiting.exitStatus()).as(waiting.printed()).isZero();
        assertThat(waiting.printed()).doesNotContain("\tat ");
      }
      assertThat(status.printed()).contains(BACK, "small");
      assertThat(again.printed()).contains(BACK, "runs in another process");
      assertThat(run.printed()).contains("Exported to");
      assertThat(watch.printed()).contains("finished");
    }
  }

  @Test
  void nobodyWaitsWhereThatIsNotWanted() throws Exception {
    Program client =
        new Program(folder.resolve("home")).with(ApiAccess.TOKEN, TOKEN).with("PIECRUST_WAIT", "0");
    Program.Running status = client.start("status", "--server", "http://127.0.0.1:1");
    assertThat(status.exitStatus()).isEqualTo(1);
    assertThat(status.printed())
        .contains("the server at http://127.0.0.1:1/ does not answer")
        .doesNotContain("waiting");
  }

  private static void awaitWords(Program.Running running, String words) throws Exception {
    while (!running.printed().contains(words)) {
      assertThat(running.process().waitFor(20, TimeUnit.MILLISECONDS))
          .as(running.printed())
          .isFalse();
    }
  }
}
