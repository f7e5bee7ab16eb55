package dev.piecrust.cli;

import dev.piecrust.control.CampaignService;
import dev.piecrust.control.Usd;
import java.math.BigDecimal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a campaign spend more. */
@Command(
    name = "budget",
    mixinStandardHelpOptions = true,
    description = {
      "Raises what a campaign may spend on language models.",
      "A campaign that is paused for its budget goes on."
    })
final class BudgetCommand extends CommandOnOne {
  @Option(
      names = "--usd",
      paramLabel = "X",
      required = true,
      description = "Sets what it may spend in all, such as 5.00.")
  private String usd = "";

  BudgetCommand(Session session) {
    super(session);
  }

  @Override
  String change(CampaignService campaigns, String campaign, String who) {
    BigDecimal cap = Usd.parse(usd);
    campaigns.raiseBudget(campaign, cap, who);
    return "may spend %s USD in all".formatted(cap.toPlainString());
  }
}
