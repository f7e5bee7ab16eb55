package dev.piecrust.cli;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.cli.terminal.DownloadProgress;
import dev.piecrust.hub.Download;
import dev.piecrust.hub.Hub;
import dev.piecrust.hub.HubDisk;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.hub.HubPart;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads a model or a transcoder. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Downloads what PieCrust needs of a repository of the hub, and prints its folder.",
      "What was interrupted goes on; what any tool has put into the cache stays.",
      "",
      "HF_TOKEN, HF_HOME, HF_HUB_CACHE, HF_ENDPOINT and HF_HUB_OFFLINE=1 mean what"
          + " they mean to the hub's other tools."
    })
final class FetchCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "hf://ORG/REPO[@REVISION]",
      description = "This is a model, or a transcoder; without a revision, as it is now.")
  private String repository = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Names a folder for plain files, in place of the cache.")
  private Optional<Path> to = Optional.empty();

  @Option(
      names = "--features",
      description = "Downloads its published feature files, in place of the weights.")
  private boolean features;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  FetchCommand(Session session) {
    this.session = session;
  }

  /** What {@code --json} prints. */
  private record Fetched(
      String repository, String commit, String folder, int files, long bytes, long downloaded) {}

  @Override
  public Integer call() {
    Hub hub = HubFolders.ofThisProcess().hub();
    HubRef pinned = hub.pin(HubRef.parse(repository));
    HubPart part = features ? HubPart.FEATURES : HubPart.of(hub.listing(pinned));
    Download plan =
        to.map(folder -> hub.plan(pinned, part, folder)).orElseGet(() -> hub.plan(pinned, part));
    announce(plan);
    DownloadProgress progress = new DownloadProgress(session.terminal(), Clock.systemUTC());
    Path there =
        to.map(folder -> hub.fetch(plan, folder, progress))
            .orElseGet(() -> hub.fetch(plan, progress));
    session.terminal().print(json, fetched(plan, there), () -> List.of(there.toString()));
    return ExitStatus.DONE.code();
  }

  private void announce(Download plan) {
    session
        .terminal()
        .err()
        .printf(
            "%s: %d files of %s, %s to download, %s free in %s%n",
            plan.ref(),
            plan.needed().size(),
            HubDisk.readable(plan.bytes()),
            HubDisk.readable(plan.remainingBytes()),
            HubDisk.readable(HubDisk.free(plan.folder())),
            plan.folder());
  }

  private static Fetched fetched(Download plan, Path folder) {
    return new Fetched(
        plan.ref().repository(),
        plan.ref().revision(),
        folder.toString(),
        plan.needed().size(),
        plan.bytes(),
        plan.remainingBytes());
  }
}
