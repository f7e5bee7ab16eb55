package dev.piecrust.store.process;

import dev.piecrust.activity.Pulse;
import dev.piecrust.store.process.ProcessSign.Seen;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A worker brings a campaign's model to its device, from the hub where it has to.
 *
 * @param says how far it is, in the worker's words; empty where it said nothing
 * @param host of the worker
 */
public record ModelLoad(String says, String host) {
  /** The stage of such work. */
  public static final String STAGE = "load";

  /** Those under way, by campaign, but for campaigns that have other work under way as well. */
  public static Map<String, ModelLoad> of(List<Seen> processes) {
    Map<String, ModelLoad> loads = new HashMap<>();
    Set<String> working = new HashSet<>();
    for (Seen seen : processes) {
      if (seen.alive()) {
        for (ProcessSign.RunningWork work : seen.sign().running()) {
          if (work.stage().equals(STAGE)) {
            loads.put(work.campaign(), new ModelLoad(work.says(), seen.sign().host()));
          } else if (!work.onBooks()) {
            working.add(work.campaign());
          }
        }
      }
    }
    loads.keySet().removeAll(working);
    return loads;
  }

  /** Whether it waits for others to leave the device. */
  public boolean waits() {
    return says.equals(Pulse.WAITING);
  }

  /** Such as {@code downloads model.safetensors, 1.2 GB of 2.5 GB, on HOST}. */
  public String sentence() {
    return "%s, on %s".formatted(says.isEmpty() ? "loads the model" : says, host);
  }
}
