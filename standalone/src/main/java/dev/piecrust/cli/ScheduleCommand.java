package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.control.schedule.ScheduleView;
import dev.piecrust.control.schedule.ScheduleWish;
import dev.piecrust.control.schedule.Schedules;
import dev.piecrust.spec.SpecReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts campaigns at set times, by Temporal's own schedules. */
@Command(
    name = "schedule",
    mixinStandardHelpOptions = true,
    description = {
      "Starts campaigns of a spec at set times, by a schedule of the Temporal server.",
      "Each time gets a campaign of its own, called NAME-DATE-TIME (in UTC). It computes, and pays"
          + " for, only what has changed since an earlier one, such as a repository of the hub"
          + " that has moved; 'compare' shows the difference. Each may spend what limits.usd says."
          + " A time at which the campaign before has not ended is left out. What a server that"
          + " was away has missed is made up for within a day. The program by itself keeps no"
          + " schedules."
    },
    synopsisSubcommandLabel = "[COMMAND]")
final class ScheduleCommand implements Callable<Integer> {
  private static final String NAME = "This is the schedule's name as 'schedule list' lists it.";
  private static final String JSON = "Prints JSON.";

  private final Session session;

  @Parameters(
      paramLabel = "SPEC",
      arity = "0..1",
      description = "This is the campaigns' YAML file; it is read now, and kept as it is.")
  private Optional<Path> spec = Optional.empty();

  @Option(
      names = "--cron",
      paramLabel = "TIMES",
      description =
          "Says when: minute, hour, day of the month, month, day of the week, such as '0 6 * * 1'"
              + " for Mondays at 6.")
  private Optional<String> cron = Optional.empty();

  @Option(names = "--timezone", description = "Says where that is meant (default: UTC).")
  private Optional<String> timezone = Optional.empty();

  @Option(names = "--name", description = "Names the schedule (default: the spec's name).")
  private Optional<String> name = Optional.empty();

  @Option(names = "--json", description = JSON)
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  ScheduleCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (spec.isEmpty() || cron.isEmpty()) {
      throw user(
          "schedule has no %s, expected './piecrust schedule SPEC --cron TIMES', or one of list,"
              + " show, pause, resume and delete",
          spec.isEmpty() ? "SPEC" : "--cron");
    }
    CampaignSpec read = SpecReader.read(spec.get());
    ScheduleWish wish =
        new ScheduleWish(name.orElse(read.name()), read, cron.get(), timezone.orElse("UTC"));
    return asked(server, schedules -> print(schedules.create(wish), json));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists all schedules, a line each.")
  int list(@Option(names = "--json", description = JSON) boolean asJson, @Mixin ServerOption at) {
    return asked(
        at,
        schedules -> {
          List<ScheduleView> all = schedules.list();
          session.terminal().print(asJson, all, () -> lines(all));
        });
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a schedule with its next and its last times.")
  int show(
      @Parameters(paramLabel = "NAME", description = NAME) String one,
      @Option(names = "--json", description = JSON) boolean asJson,
      @Mixin ServerOption at) {
    return asked(
        at,
        schedules -> print(schedules.find(one).orElseThrow(() -> Schedules.unknown(one)), asJson));
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Has a schedule start nothing until it is resumed.")
  int pause(
      @Parameters(paramLabel = "NAME", description = NAME) String one, @Mixin ServerOption at) {
    return changed(at, one, "pauses", schedules -> schedules.pause(one, session.who()));
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Has a paused schedule start campaigns again.")
  int resume(
      @Parameters(paramLabel = "NAME", description = NAME) String one, @Mixin ServerOption at) {
    return changed(at, one, "goes on", schedules -> schedules.resume(one, session.who()));
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Ends a schedule; the campaigns that it has started go on.")
  int delete(
      @Parameters(paramLabel = "NAME", description = NAME) String one, @Mixin ServerOption at) {
    return changed(at, one, "is gone; its campaigns stay", schedules -> schedules.delete(one));
  }

  private int changed(ServerOption at, String one, String done, Consumer<Schedules> change) {
    return asked(
        at,
        schedules -> {
          change.accept(schedules);
          session.terminal().out().println("schedule " + one + " " + done);
        });
  }

  private int asked(ServerOption at, Consumer<Schedules> question) {
    return session.withSchedules(
        at,
        schedules -> {
          question.accept(schedules);
          return ExitStatus.DONE.code();
        });
  }

  private void print(ScheduleView view, boolean asJson) {
    session.terminal().print(asJson, view, () -> details(view));
  }

  private static List<String> lines(List<ScheduleView> all) {
    return all.isEmpty()
        ? List.of("No schedules yet; './piecrust schedule SPEC --cron TIMES' makes one.")
        : all.stream().map(ScheduleCommand::line).toList();
  }

  private static String line(ScheduleView view) {
    return "%s  %s %s  %s"
        .formatted(
            view.name(),
            view.cron(),
            view.timezone(),
            view.paused()
                ? "paused"
                : view.next().stream().findFirst().map(next -> "next " + next).orElse("no more"));
  }

  private static List<String> details(ScheduleView view) {
    List<String> lines = new ArrayList<>(List.of(line(view)));
    lines.add("  campaigns   " + view.name() + "-DATE-TIME, of the spec " + view.campaign());
    lines.add(
        "  so far      %d started, %d left out%s"
            .formatted(
                view.started(),
                view.skipped(),
                view.running() ? "; the last one has not ended" : ""));
    if (!view.next().isEmpty()) {
      lines.add("  next        " + times(view.next()));
    }
    if (!view.last().isEmpty()) {
      lines.add("  last        " + times(view.last()));
    }
    return lines;
  }

  private static String times(List<Instant> times) {
    return times.stream().limit(5).map(Instant::toString).collect(Collectors.joining(", "));
  }
}
