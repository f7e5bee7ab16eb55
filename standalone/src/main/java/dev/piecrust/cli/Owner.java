package dev.piecrust.cli;

import dev.piecrust.api.RemoteCampaignService;
import dev.piecrust.api.RemoteServer;
import dev.piecrust.control.CampaignService;
import dev.piecrust.embedded.Home;
import java.net.URI;
import java.util.Optional;

/** The way to the process that owns a home. */
final class Owner {
  private Owner() {}

  /** Its campaigns, if there is such a process. */
  static Optional<CampaignService> of(Home home) {
    return home.owner()
        .map(
            address ->
                new RemoteCampaignService(
                    new RemoteServer(
                        URI.create("http://127.0.0.1:" + address.port()), address.token())));
  }
}
