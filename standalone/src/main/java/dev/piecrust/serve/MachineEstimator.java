package dev.piecrust.serve;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.control.CampaignEstimator;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.price.PriceTable;
import dev.piecrust.probe.Probe;
import dev.piecrust.probe.Probes;
import dev.piecrust.spec.CampaignIds;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.process.WorkerProcesses;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Estimates campaigns for those who write them in a browser. */
final class MachineEstimator implements CampaignEstimator {
  private final CampaignStore campaigns;
  private final WorkerProcesses processes;
  private final PriceTable prices;
  private final HubFolders folders;
  private final Probes probes = Probes.ofThisProcess();
  private double flops;

  /**
   * @param processes whose devices share the work
   */
  MachineEstimator(
      CampaignStore campaigns, WorkerProcesses processes, PriceTable prices, HubFolders folders) {
    this.campaigns = campaigns;
    this.processes = processes;
    this.prices = prices;
    this.folders = folders;
  }

  @Override
  public CampaignEstimate estimate(CampaignSpec spec) {
    return new Estimator(spec, campaigns.find(CampaignIds.of(spec)), folders, flops())
        .estimate(prices, LocalDate.now(ZoneOffset.UTC), probes::shutDown)
        .on(processes.devices(), spec.limits().devices())
        .warning(probes.of(spec).stream().filter(Probe::isTrouble).map(Probe::sentence).toList());
  }

  /** Measured once: it takes a second, and a page asks often. */
  private synchronized double flops() {
    if (flops == 0) {
      flops = Estimator.measured();
    }
    return flops;
  }
}
