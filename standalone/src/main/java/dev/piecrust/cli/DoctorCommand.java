package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.cli.check.CampaignChecks;
import dev.piecrust.cli.check.Checks;
import dev.piecrust.cli.check.Finding;
import dev.piecrust.cluster.Installation;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.gpu.SubjectCheck;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.probe.Probe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks what the program needs of the machine. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks whether this machine is fit to run campaigns, or a given one.",
      "It looks at Java, memory, disk, device, engine, Temporal, database, artifacts"
          + " and prices."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "SPEC",
      description =
          "This is a campaign's YAML file, for which disk, memory, time and language model are"
              + " checked too, and how its transcoder fits the model, where both are here.")
  private Optional<Path> spec = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Finding> findings =
        new ArrayList<>(new Checks(session.home(), Installation.ofThisProcess()).all());
    findings.add(
        Finding.check(
            "prices",
            "correct prices.json, or remove it",
            () -> "table " + session.prices().version()));
    return spec.map(
            file -> session.withEstimate(file, (pinned, one) -> show(findings, pinned, one)))
        .orElseGet(() -> show(findings));
  }

  private int show(List<Finding> machine, CampaignSpec read, CampaignEstimate estimate) {
    List<Finding> all = new ArrayList<>(machine);
    all.addAll(new CampaignChecks(estimate).all());
    boolean here = estimate.room().downloadBytes() == 0 && read.train().isEmpty();
    if (here && estimate.room().shortages().isEmpty()) {
      all.addAll(subject(read));
    }
    session.probes().of(read).forEach(probe -> all.add(finding(probe)));
    return show(all);
  }

  /** It is loaded, which takes as long as it takes a campaign. */
  private static List<Finding> subject(CampaignSpec read) {
    try {
      return SubjectCheck.here(read, HubFolders.ofThisProcess()).notes().stream()
          .map(
              note ->
                  note.contains("warning")
                      ? Finding.note("subject", note)
                      : Finding.ok("subject", note))
          .toList();
    } catch (PieCrustException e) {
      return List.of(Finding.problem("subject", Failures.sentence(e)));
    }
  }

  private static Finding finding(Probe probe) {
    return probe.isTrouble()
        ? Finding.problem("model", probe.sentence())
        : Finding.ok("model", probe.sentence());
  }

  private int show(List<Finding> findings) {
    session.terminal().print(json, findings, () -> findings.stream().map(Finding::line).toList());
    return findings.stream().allMatch(Finding::ok)
        ? ExitStatus.DONE.code()
        : ExitStatus.USER_ERROR.code();
  }
}
