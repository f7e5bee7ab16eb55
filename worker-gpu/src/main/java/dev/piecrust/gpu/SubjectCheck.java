package dev.piecrust.gpu;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.estimate.MachineRoom;
import dev.piecrust.hub.HeaderFolder;
import dev.piecrust.hub.HubDisk;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.hub.HubPart;
import dev.piecrust.prune.PruneRoom;
import dev.piecrust.prune.SubjectShape;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Looks at what a campaign studies, before anything of it is downloaded or loaded, and at what this
 * machine has for it.
 */
public final class SubjectCheck {
  private final CampaignSpec spec;
  private final HubFolders folders;
  private final BiFunction<SubjectShape, PruneSpec, PruneRoom> device;

  /**
   * @param spec pinned
   * @param device that would prune
   */
  SubjectCheck(
      CampaignSpec spec,
      HubFolders folders,
      BiFunction<SubjectShape, PruneSpec, PruneRoom> device) {
    this.spec = spec;
    this.folders = folders;
    this.device = device;
  }

  /** On this machine. */
  public static SubjectCheck here(CampaignSpec spec, HubFolders folders) {
    return new SubjectCheck(spec, folders, PruneRoom::here);
  }

  /** The subject's shape, by headers alone. */
  public SubjectShape shape() {
    try (HeaderFolder model = folders.headers(spec.subject().model(), HubPart.MODEL);
        HeaderFolder transcoder =
            folders.headers(spec.subject().transcoder(), HubPart.TRANSCODER)) {
      return SubjectShape.read(model.path(), transcoder.path());
    }
  }

  /** Whether a subject of this shape has room here. */
  public MachineRoom room(SubjectShape shape) {
    long bytes = folders.remainingBytes(spec);
    Optional<Path> cache = bytes == 0 ? Optional.empty() : Optional.of(folders.cache());
    long free = cache.map(HubDisk::free).orElse(0L);
    PruneRoom memory = device.apply(shape, spec.prune());
    return new MachineRoom(
        bytes,
        free,
        memory.device(),
        memory.free(),
        cache.flatMap(there -> HubDisk.shortage(spec.name(), bytes, there, free)),
        memory.shortage());
  }

  /** Refuses, as a resources failure, a campaign for which this machine has no room. */
  public void requireRoom() {
    room(shape()).require();
  }
}
