package dev.piecrust.cli;

import dev.piecrust.control.CampaignService;
import dev.piecrust.control.Usd;
import java.math.BigDecimal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands that steer one campaign. */
final class SteeringCommands {
  private SteeringCommands() {}

  /** Holds a campaign back. */
  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Pauses a campaign: nothing new of it starts until it is resumed.")
  static final class Pause extends CommandOnOne {
    Pause(Session session) {
      super(session);
    }

    @Override
    String change(CampaignService campaigns, String campaign, String who) {
      campaigns.pause(campaign, who);
      return "pauses once what is under way has ended; 'resume' lets it go on";
    }
  }

  /** Lets a paused campaign go on. */
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Lets a paused campaign go on.")
  static final class Resume extends CommandOnOne {
    Resume(Session session) {
      super(session);
    }

    @Override
    String change(CampaignService campaigns, String campaign, String who) {
      campaigns.resume(campaign, who);
      return "goes on";
    }
  }

  /** Ends a campaign early. */
  @Command(
      name = "finish",
      mixinStandardHelpOptions = true,
      description = "Ends a campaign early, with the results that it has.")
  static final class Finish extends CommandOnOne {
    Finish(Session session) {
      super(session);
    }

    @Override
    String change(CampaignService campaigns, String campaign, String who) {
      campaigns.finish(campaign, who);
      return "ends with what there is";
    }
  }

  /** Lets a campaign spend more. */
  @Command(
      name = "budget",
      mixinStandardHelpOptions = true,
      description = {
        "Raises what a campaign may spend on language models.",
        "A campaign that is paused for its budget goes on."
      })
  static final class Budget extends CommandOnOne {
    @Option(
        names = "--usd",
        paramLabel = "X",
        required = true,
        description = "Sets what it may spend in all, such as 5.00.")
    private String usd = "";

    Budget(Session session) {
      super(session);
    }

    @Override
    String change(CampaignService campaigns, String campaign, String who) {
      BigDecimal cap = Usd.parse(usd);
      campaigns.raiseBudget(campaign, cap, who);
      return "may spend %s USD in all".formatted(cap.toPlainString());
    }
  }

  /** Tries what failed once more. */
  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Retries the failed units of a campaign: when it ends, or now if it has ended.")
  static final class Retry extends CommandOnOne {
    Retry(Session session) {
      super(session);
    }

    @Override
    String change(CampaignService campaigns, String campaign, String who) {
      campaigns.retry(campaign, who);
      return "tries what failed once more";
    }
  }

  /** Stops a campaign for good. */
  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "Stops a campaign; the results that it has stay.")
  static final class Cancel extends CommandOnOne {
    Cancel(Session session) {
      super(session);
    }

    @Override
    String change(CampaignService campaigns, String campaign, String who) {
      campaigns.cancel(campaign, who);
      return "stops; its results stay";
    }
  }
}
