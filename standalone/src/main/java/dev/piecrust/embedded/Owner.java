package dev.piecrust.embedded;

import dev.piecrust.api.remote.RemoteCampaignService;
import dev.piecrust.api.remote.RemoteServer;
import dev.piecrust.control.CampaignService;
import java.net.URI;
import java.util.Optional;

/** The way to the process that owns a home. */
public final class Owner {
  private Owner() {}

  /** Its campaigns, if there is such a process. */
  public static Optional<CampaignService> of(Home home) {
    return home.owner()
        .map(
            address ->
                new RemoteCampaignService(
                    new RemoteServer(
                        URI.create("http://127.0.0.1:" + address.port()), address.token())));
  }
}
