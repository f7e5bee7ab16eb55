package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.LocalNames;
import dev.piecrust.api.remote.RemoteCampaignService;
import dev.piecrust.api.remote.RemoteSchedules;
import dev.piecrust.api.remote.RemoteServer;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.schedule.Schedules;
import dev.piecrust.serve.ApiAccess;
import dev.piecrust.serve.HttpAddress;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Has a command work on the campaigns of a PieCrust elsewhere, over its REST API. */
final class ServerOption {
  private static final String SERVER = HttpAddress.SERVER;
  private static final String TOKEN = ApiAccess.TOKEN;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = {
        "Works on the campaigns of a PieCrust elsewhere, such as https://piecrust.example.org"
            + " (default: "
            + SERVER
            + "). "
            + TOKEN
            + " holds a token that lets you in there."
      })
  private Optional<String> address = Optional.empty();

  /** What the command line must say for the next command to work there; may be empty. */
  String again() {
    return address.map(named -> " --server " + named.strip()).orElse("");
  }

  /** Where the campaign's page is; empty where no server is named. */
  Optional<String> page(String id) {
    return named().map(named -> named.replaceFirst("/*$", "/campaigns/") + id);
  }

  private Optional<String> named() {
    return address
        .or(() -> Optional.ofNullable(System.getenv(SERVER)))
        .map(String::strip)
        .filter(named -> !named.isEmpty());
  }

  /** The campaigns there; empty where no server is named. */
  Optional<CampaignService> campaigns() {
    return server().map(RemoteCampaignService::new);
  }

  /** The schedules there; empty where no server is named. */
  Optional<Schedules> schedules() {
    return server().map(RemoteSchedules::new);
  }

  private Optional<RemoteServer> server() {
    return named()
        .map(named -> server(named, Optional.ofNullable(System.getenv(TOKEN)).orElse("")));
  }

  private static RemoteServer server(String named, String token) {
    URI server = uri(named);
    if (token.isBlank()) {
      throw user("%s is not set, expected a token that %s lets in", TOKEN, server);
    }
    return new RemoteServer(server, token.strip());
  }

  /** A token goes over the network sealed, or not at all. */
  private static URI uri(String named) {
    return LocalNames.trusted(named)
        .orElseThrow(
            () ->
                user(
                    "the server is '%s', expected https://… (http:// on this machine alone)",
                    named));
  }
}
