package dev.piecrust.cli;

import picocli.CommandLine.Command;

/** The command without a command: it shows what there is. */
@Command(
    name = "piecrust",
    version = "PieCrust " + Root.VERSION,
    mixinStandardHelpOptions = true,
    description = {
      "Prune, interpret, evaluate: durable campaigns over cross-layer-transcoder features.",
      "",
      "Data live under PIECRUST_HOME (default ~/.piecrust)."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:internal error",
      "2:the input is wrong: one sentence says what was expected",
      "3:finished, but with units that failed",
      "4:paused for budget"
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      RunCommand.Train.class,
      EstimateCommand.class,
      PricesCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      SteeringCommands.Pause.class,
      SteeringCommands.Resume.class,
      SteeringCommands.Finish.class,
      SteeringCommands.Budget.class,
      SteeringCommands.Retry.class,
      SteeringCommands.Cancel.class,
      ScheduleCommand.class,
      CompareCommand.class,
      ExportCommand.class,
      TaskCommand.class,
      ServeCommand.class,
      UiCommand.class,
      WorkerCommand.class,
      FetchCommand.class,
      AdminCommand.class,
      DoctorCommand.class,
      ReferenceCommand.class,
      SchemaCommand.class
    })
final class Root {
  /** As in the parent pom. */
  static final String VERSION = "0.7.0";
}
