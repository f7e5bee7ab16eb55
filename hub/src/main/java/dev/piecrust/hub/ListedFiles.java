package dev.piecrust.hub;

import dev.piecrust.campaign.HubFileRef;
import dev.piecrust.campaign.HubRef;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The files that the config of a set of transcoders lists, of its own repository and of others.
 *
 * @param own what the repository holds
 * @param below where in it the config is, with {@code /} at its end; or empty
 * @param other what another repository holds now
 */
record ListedFiles(HubListing own, String below, Function<HubRef, HubListing> other) {

  /** Each once; a user error where one is not there. */
  List<HubFile> of(List<String> names) {
    Map<HubRef, HubListing> asked = new HashMap<>();
    Set<HubFile> files = new LinkedHashSet<>();
    for (String name : names) {
      if (HubRef.is(name)) {
        HubFileRef file = HubFileRef.parse(name);
        HubListing there = asked.computeIfAbsent(file.ref(), other);
        HubFile found = there.named(file.path());
        files.add(found.listedAs(file, below, there.ref()));
      } else {
        files.add(own.named(below + name));
      }
    }
    return List.copyOf(files);
  }
}
