package dev.piecrust.prune.load;

import ai.djl.Device;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Residence;
import dev.piecrust.tensor.DeviceChoice;
import dev.piecrust.tensor.TensorRuntime;
import java.util.Optional;

/**
 * What a device has for a prune.
 *
 * @param device as {@link DeviceChoice} spells it
 * @param free bytes of its memory
 * @param shortage why not even the least that the spec may ask for fits; empty where it does
 */
public record PruneRoom(String device, long free, Optional<String> shortage) {

  /** Of this machine's device. */
  public static PruneRoom here(SubjectShape shape, PruneSpec spec) {
    return of(shape, spec, TensorRuntime.start().device(), new MachineMemory());
  }

  /** Of a device. */
  public static PruneRoom of(SubjectShape shape, PruneSpec spec, Device device, FreeMemory memory) {
    return new PruneRoom(
        DeviceChoice.name(device),
        memory.bytes(device),
        PruneMemory.shortage(
            shape, PruneLoad.least(spec), device, memory, Residence.ofThisProcess()));
  }
}
