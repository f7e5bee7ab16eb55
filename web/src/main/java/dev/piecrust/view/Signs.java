package dev.piecrust.view;

import dev.piecrust.store.ProcessSign.RunningWork;
import dev.piecrust.store.ProcessSign.Seen;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the processes of an installation say of their work.
 *
 * @param busy campaigns that something is under way for
 * @param gpus processes with a device that live
 * @param freeGpus those of them that work on nothing
 */
record Signs(Set<String> busy, int gpus, int freeGpus) {
  static final Signs NONE = new Signs(Set.of(), 0, 0);

  /** Three signs were missed. */
  private static final long SILENT_MS = 15_000;

  /** Book-keeping is no work. */
  private static final Set<String> BOOKS = Set.of("books", "plan", "other");

  Signs {
    busy = Set.copyOf(busy);
  }

  static Signs of(List<Seen> processes) {
    List<Seen> alive = processes.stream().filter(seen -> seen.silentMs() < SILENT_MS).toList();
    List<Seen> devices = alive.stream().filter(seen -> !seen.sign().device().isEmpty()).toList();
    return new Signs(
        alive.stream()
            .flatMap(seen -> seen.sign().running().stream())
            .filter(work -> !BOOKS.contains(work.stage()))
            .map(RunningWork::campaign)
            .collect(Collectors.toSet()),
        devices.size(),
        (int) devices.stream().filter(seen -> seen.sign().running().isEmpty()).count());
  }

  boolean worksFor(String campaign) {
    return busy.contains(campaign);
  }
}
