package dev.piecrust.workflow.label;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.spec.SpecDocument;
import java.util.stream.Collectors;

/** What Temporal's pages say of a campaign from its start: what its spec asks for. */
public final class CampaignText {
  /** A server refuses more than 20,000 bytes; three of them may be one character. */
  private static final int MOST_CHARACTERS = 6000;

  private CampaignText() {}

  /** One line: the tasks, the model, and how far the campaign goes. */
  public static String summary(CampaignSpec spec) {
    String tasks = spec.tasks().stream().map(TaskSpec::name).collect(Collectors.joining(", "));
    String model = spec.subject().model().replaceFirst("/+$", "").replaceFirst(".*/", "");
    return CallSummary.cut(
        "%s on %s: prune%s%s"
            .formatted(
                tasks,
                model,
                spec.interpret().isPresent() ? ", explain" : "",
                spec.evaluate().isPresent() ? ", evaluate" : ""));
  }

  /** The spec, in Markdown. */
  public static String details(CampaignSpec spec) {
    String document = SpecDocument.write(spec);
    String shown =
        document.length() <= MOST_CHARACTERS ? document : document.substring(0, MOST_CHARACTERS);
    return "```json\n" + shown.stripTrailing() + "\n```";
  }
}
