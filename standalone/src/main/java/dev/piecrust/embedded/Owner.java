package dev.piecrust.embedded;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.api.remote.RemoteCampaignService;
import dev.piecrust.api.remote.RemoteServer;
import dev.piecrust.control.CampaignService;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.net.URI;

/** The way to the process that owns a home. */
public final class Owner {
  private Owner() {}

  /**
   * Its campaigns, where it said last that it is to be found. Where that process has ended, and no
   * other has said yet where it is, that is an external failure, which may be waited out: one that
   * starts at the same port would refuse the old one's token. Where nobody starts it again, it is
   * the user's turn.
   *
   * @param first whom the command found when it began
   */
  public static CampaignService answering(Home home, ServerAddress first) {
    ServerAddress address =
        home.serverFile()
            .read()
            .filter(said -> ProcessHandle.of(said.pid()).filter(ProcessHandle::isAlive).isPresent())
            .orElseThrow(() -> gone(home, first));
    return new RemoteCampaignService(
        new RemoteServer(URI.create("http://127.0.0.1:" + address.port()), address.token()));
  }

  private static PieCrustException gone(Home home, ServerAddress first) {
    return first.brief()
        ? user(
            "the command that ran the campaigns of %s has ended (process %d), expected another one;"
                + " './piecrust run' with a campaign's spec goes on with it",
            home.folder(), first.pid())
        : new PieCrustException(
            FailureCategory.EXTERNAL, "no PieCrust serves %s any more".formatted(home.folder()));
  }
}
