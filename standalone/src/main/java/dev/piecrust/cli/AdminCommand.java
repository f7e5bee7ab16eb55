package dev.piecrust.cli;

import dev.piecrust.admin.DeploymentVersions;
import dev.piecrust.admin.TemporalAdmin;
import dev.piecrust.admin.VersionsText;
import dev.piecrust.cli.check.StoreCheck;
import dev.piecrust.cluster.TemporalConnection;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an operator asks of an installation: its Temporal server, and what it keeps. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description =
        "Prepares and looks at the Temporal server that TEMPORAL_ADDRESS names, and verifies"
            + " artifacts.")
final class AdminCommand {
  private static final int AT_MOST = 1000;

  private final Session session;

  AdminCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "search-attributes",
      mixinStandardHelpOptions = true,
      description = {
        "Registers what campaigns can be found by in Temporal.",
        "These are PieCrustState, PieCrustName, PieCrustSubject and PieCrustTasks. What"
            + " is registered already stays."
      })
  int searchAttributes() {
    return asked(
        temporal -> {
          List<String> added = new TemporalAdmin(temporal.client()).registerSearchAttributes();
          out()
              .println(
                  added.isEmpty()
                      ? "all search attributes are registered already"
                      : "registered " + String.join(", ", added));
        });
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the newest campaigns that fit a query, as Temporal knows them.")
  int list(
      @Option(
              names = "--query",
              defaultValue = "",
              description =
                  "Names what they must fit, such as \"PieCrustState = 'RUNNING' AND PieCrustTasks"
                      + " = 'ioi'\".")
          String query,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    return asked(
        temporal -> {
          var found = new TemporalAdmin(temporal.client()).list(query, AT_MOST);
          session
              .terminal()
              .print(
                  json,
                  found,
                  () ->
                      found.stream()
                          .map(one -> one.id() + "  " + one.state().orElse(one.status()))
                          .toList());
        });
  }

  @Command(
      name = "versions",
      mixinStandardHelpOptions = true,
      description = {
        "Lists the versions of a deployment (PIECRUST_DEPLOYMENT), and makes one current.",
        "New campaigns begin on the current version; a campaign ends on the one it began on."
            + " What is not set is named, with what follows from it."
      })
  int versions(
      @Option(
              names = "--deployment",
              description = "Names the deployment (default: PIECRUST_DEPLOYMENT, else piecrust).")
          Optional<String> deployment,
      @Option(names = "--current", paramLabel = "BUILD", description = "Makes this one current.")
          Optional<String> current,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    Map<String, String> environment = System.getenv();
    return asked(
        temporal -> {
          DeploymentVersions versions =
              new DeploymentVersions(
                  temporal.client(), deployment.orElseGet(() -> VersionsText.name(environment)));
          current.ifPresent(versions::makeCurrent);
          VersionsText text = VersionsText.of(versions, environment);
          session.terminal().print(json, text, text::lines);
        });
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Reads every artifact that a checkpoint or a campaign names, and compares it with its"
            + " hash.",
        "Nothing is changed: what is damaged or missing is computed again by the next 'run SPEC"
            + " --fresh' that needs it. Ends with status 3 where something is."
      })
  int verify(@Option(names = "--json", description = "Prints JSON.") boolean json) {
    return session.withStores(
        (stores, artifacts) -> {
          StoreCheck check = StoreCheck.of(stores.checkpoints().artifacts().values(), artifacts);
          session.terminal().print(json, check, check::lines);
          return check.damaged().isEmpty()
              ? ExitStatus.DONE.code()
              : ExitStatus.FINISHED_WITH_FAILURES.code();
        });
  }

  private interface Question {
    void ask(TemporalConnection temporal);
  }

  private static int asked(Question question) {
    try (TemporalConnection temporal = TemporalConnection.open()) {
      question.ask(temporal);
      return ExitStatus.DONE.code();
    }
  }

  private PrintStream out() {
    return session.terminal().out();
  }
}
