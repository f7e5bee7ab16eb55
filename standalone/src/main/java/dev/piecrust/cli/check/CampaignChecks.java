package dev.piecrust.cli.check;

import dev.piecrust.cli.terminal.EstimateText;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.estimate.MachineRoom;
import dev.piecrust.estimate.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checks of {@code doctor} for one campaign.
 *
 * @param estimate what it will take here
 */
public record CampaignChecks(CampaignEstimate estimate) {
  public List<Finding> all() {
    List<Finding> all = new ArrayList<>();
    estimate.warnings().forEach(warning -> all.add(Finding.note("model", warning)));
    all.addAll(machine());
    return all;
  }

  private List<Finding> machine() {
    MachineRoom room = estimate.room();
    Range time = estimate.gpuSeconds();
    return List.of(
        Finding.ok("campaign", estimate.campaign()),
        finding("download", EstimateText.download(room), room.diskShortage()),
        finding("room", EstimateText.memory(estimate), room.memoryShortage()),
        Finding.ok(
            "time",
            "about %s on %s, %s to %s"
                .formatted(
                    EstimateText.span(time.expected()),
                    room.device(),
                    EstimateText.span(time.low()),
                    EstimateText.span(time.high()))));
  }

  private static Finding finding(String what, String found, Optional<String> shortage) {
    return shortage
        .map(problem -> Finding.problem(what, problem))
        .orElseGet(() -> Finding.ok(what, found));
  }
}
