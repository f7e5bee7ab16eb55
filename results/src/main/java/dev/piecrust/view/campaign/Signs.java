package dev.piecrust.view.campaign;

import dev.piecrust.store.process.ModelLoad;
import dev.piecrust.store.process.ProcessSign.RunningWork;
import dev.piecrust.store.process.ProcessSign.Seen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the processes of an installation say of their work.
 *
 * @param busy campaigns that something is under way for
 * @param loads those for which a model is brought to a device, and nothing else is under way
 * @param gpus processes with a device that live
 * @param freeGpus those of them that work on nothing
 */
record Signs(Set<String> busy, Map<String, ModelLoad> loads, int gpus, int freeGpus) {
  static final Signs NONE = new Signs(Set.of(), Map.of(), 0, 0);

  Signs {
    busy = Set.copyOf(busy);
    loads = Map.copyOf(loads);
  }

  static Signs of(List<Seen> processes) {
    List<Seen> alive = processes.stream().filter(Seen::alive).toList();
    List<Seen> devices = alive.stream().filter(seen -> !seen.sign().device().isEmpty()).toList();
    return new Signs(
        alive.stream()
            .flatMap(seen -> seen.sign().running().stream())
            .filter(work -> !work.onBooks())
            .map(RunningWork::campaign)
            .collect(Collectors.toSet()),
        ModelLoad.of(processes),
        devices.size(),
        (int) devices.stream().filter(seen -> seen.sign().running().isEmpty()).count());
  }

  boolean worksFor(String campaign) {
    return busy.contains(campaign);
  }
}
