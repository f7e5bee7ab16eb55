package dev.piecrust.hub;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.HubRef;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where what specs name lies on this machine: a folder of its own, or what is downloaded of a
 * repository. The hub is not thought of where nothing names it.
 */
public final class HubFolders {
  private final Supplier<Hub> hub;

  /** With a hub that is first asked for when a spec names a repository. */
  public HubFolders(Supplier<Hub> hub) {
    this.hub = hub;
  }

  /** With the hub that this process's environment names. */
  public static HubFolders ofThisProcess() {
    return new HubFolders(new OnDemand<>(() -> new Hub(HubSettings.ofThisProcess())));
  }

  /** Where downloads go. */
  public Path cache() {
    return hub.get().cache();
  }

  /** The hub itself. */
  public Hub hub() {
    return hub.get();
  }

  /** The folder, once all that is missing in it is downloaded. */
  public Path folder(String named, HubPart part, HubProgress progress) {
    return HubRef.is(named)
        ? hub.get().folder(HubRef.parse(named), part, progress)
        : Path.of(named);
  }

  /** A folder with the configuration and the headers, downloaded or not, and without weights. */
  public HeaderFolder headers(String named, HubPart part) {
    return HubRef.is(named)
        ? hub.get().headers(HubRef.parse(named), part)
        : HeaderFolder.there(Path.of(named));
  }

  /** Downloads all that a campaign needs. */
  public void fetch(CampaignSpec spec, HubProgress progress) {
    for (HubNeed need : HubNeed.of(spec)) {
      Path unused = hub.get().folder(need.ref(), need.part(), progress);
    }
  }

  /** Bytes that have yet to come for a campaign. */
  public long remainingBytes(CampaignSpec spec) {
    return HubNeed.of(spec).stream()
        .mapToLong(need -> hub.get().remainingBytes(need.ref(), need.part()))
        .sum();
  }
}
