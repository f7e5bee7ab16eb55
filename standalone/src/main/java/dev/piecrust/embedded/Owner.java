package dev.piecrust.embedded;

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
   * Its campaigns, where it said last that it is to be found; an external failure where that
   * process has ended, and no other has said yet where it is: one that starts at the same port
   * would refuse the old one's token.
   */
  public static CampaignService answering(Home home) {
    ServerAddress address =
        home.serverFile()
            .read()
            .filter(said -> ProcessHandle.of(said.pid()).filter(ProcessHandle::isAlive).isPresent())
            .orElseThrow(
                () ->
                    new PieCrustException(
                        FailureCategory.EXTERNAL,
                        "no PieCrust serves %s any more".formatted(home.folder())));
    return new RemoteCampaignService(
        new RemoteServer(URI.create("http://127.0.0.1:" + address.port()), address.token()));
  }
}
