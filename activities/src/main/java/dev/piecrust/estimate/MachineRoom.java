package dev.piecrust.estimate;

import dev.piecrust.failure.PieCrustException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this machine has for a campaign.
 *
 * @param downloadBytes that have yet to come from the hub
 * @param diskFree bytes, where they are put
 * @param device that trains and prunes
 * @param memoryFree bytes, on it
 * @param diskShortage why the download does not fit
 * @param memoryShortage why the training or not even one prompt fits
 */
public record MachineRoom(
    long downloadBytes,
    long diskFree,
    String device,
    long memoryFree,
    Optional<String> diskShortage,
    Optional<String> memoryShortage) {

  /** Why the campaign cannot run here, a sentence each; empty where it can. */
  public List<String> shortages() {
    return Stream.of(diskShortage, memoryShortage).flatMap(Optional::stream).toList();
  }

  /** Refuses, as a resources failure, a campaign that cannot run here. */
  public void require() {
    if (!shortages().isEmpty()) {
      throw PieCrustException.resources("%s", String.join("; ", shortages()));
    }
  }

  /** The same where others will have left the memory by the time that it is needed. */
  public MachineRoom onceMemoryIsFree() {
    return new MachineRoom(
        downloadBytes, diskFree, device, memoryFree, diskShortage, Optional.empty());
  }
}
