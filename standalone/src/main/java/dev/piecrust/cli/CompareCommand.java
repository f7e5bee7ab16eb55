package dev.piecrust.cli;

import dev.piecrust.cli.compare.ComparingText;
import dev.piecrust.control.CampaignFinder;
import dev.piecrust.view.compare.BakeOff;
import dev.piecrust.view.compare.BakeOffLine;
import dev.piecrust.view.compare.Comparing;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets campaigns beside one another. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares campaigns with the first one named.",
      "It prints how settings, fidelity, kept features, scores, cost and time differ, and for"
          + " campaigns on one model a bake-off of their transcoders.",
      "Folders of trained transcoders are compared by what their trainings said of them."
    })
final class CompareCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description =
          "These are two to six campaigns, each by its id as 'status' lists it, the beginning of"
              + " that, or its name; or as many folders that 'train' filled.")
  private List<String> ids = List.of();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  CompareCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Path> folders = ids.stream().map(Path::of).toList();
    if (BakeOff.areFolders(folders)) {
      List<BakeOffLine> bakeOff = BakeOff.ofFolders(folders);
      session.terminal().print(json, bakeOff, () -> ComparingText.of(ids, bakeOff));
      return ExitStatus.DONE.code();
    }
    return session.withCampaigns(
        server,
        campaigns -> {
          Comparing compared =
              campaigns.compare(
                  ids.stream().map(id -> CampaignFinder.idOf(campaigns, id)).distinct().toList());
          session.terminal().print(json, compared, () -> ComparingText.of(compared));
          return ExitStatus.DONE.code();
        });
  }
}
