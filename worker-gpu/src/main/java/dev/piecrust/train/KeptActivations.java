package dev.piecrust.train;

import static dev.piecrust.failure.PieCrustException.resources;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.evidence.Progress;
import dev.piecrust.failure.DiskFailures;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.hub.HubDisk;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kept on a disk, a file for each group, which is there whole or not at all. What is missing or
 * damaged is computed and written again.
 */
final class KeptActivations implements ActivationSource {
  private static final Logger LOG = LoggerFactory.getLogger(KeptActivations.class);

  private final GroupedActivations computed;
  private final Path folder;
  private final String key;

  /**
   * @param folder for these activations alone
   * @param key of all that decides them; every file names it
   */
  KeptActivations(GroupedActivations computed, Path folder, String key) {
    this.computed = computed;
    this.folder = folder;
    this.key = key;
  }

  @Override
  public int count() {
    return computed.count();
  }

  @Override
  public int tokens(int group) {
    return computed.tokens(group);
  }

  /**
   * Refuses, as a resources failure, a disk without room for what is missing.
   *
   * @param groups that will be read
   * @return in a sentence, where they are and how much there is to write
   */
  String requireRoom(List<Integer> groups) {
    return requireRoom(groups, HubDisk.free(folder));
  }

  String requireRoom(List<Integer> groups, long free) {
    Transformer model = computed.windows().model();
    long each = ModelActivations.tokenBytes(model.layers(), model.width());
    long missing = 0;
    long all = 0;
    for (int group : groups) {
      long bytes = each * tokens(group);
      all += bytes;
      missing += Files.isRegularFile(file(group)) ? 0 : bytes;
    }
    if (missing > free) {
      throw resources(
          "train.activations: disk needs %s in %s, which has %s free; make room there, let"
              + " PIECRUST_ACTIVATIONS name a larger disk, or set train.activations to memory",
          HubDisk.readable(missing), folder, HubDisk.readable(free));
    }
    return "activations: %s on disk in %s, %s of them to be written, %s free"
        .formatted(
            HubDisk.readable(all), folder, HubDisk.readable(missing), HubDisk.readable(free));
  }

  @Override
  public List<Rows> of(NDManager target, List<Integer> groups, Progress progress) {
    List<Rows> all = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      progress.at(i);
      int group = groups.get(i);
      all.add(found(target, group).orElseGet(() -> made(target, group)));
    }
    return all;
  }

  private Optional<Rows> found(NDManager target, int group) {
    Path file = file(group);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (SafeTensors tensors = SafeTensors.open(file)) {
      if (!key.equals(tensors.metadata().get("key"))) {
        return Optional.empty();
      }
      List<NDArray> read = new ArrayList<>();
      List<NDArray> written = new ArrayList<>();
      for (int l = 0; l < computed.windows().model().layers(); l++) {
        read.add(tensors.read(target, name("read", l)));
        written.add(tensors.read(target, name("written", l)));
      }
      return Optional.of(new Rows(read, written));
    } catch (PieCrustException damaged) {
      if (damaged.category() != FailureCategory.USER) {
        throw damaged;
      }
      LOG.warn("{}; it is written again", damaged.getMessage());
      return Optional.empty();
    }
  }

  private Rows made(NDManager target, int group) {
    Rows rows = computed.of(target, List.of(group), done -> {}).get(0);
    Map<String, NDArray> tensors = new TreeMap<>();
    for (int l = 0; l < rows.read().size(); l++) {
      tensors.put(name("read", l), rows.read().get(l));
      tensors.put(name("written", l), rows.written().get(l));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failure(e);
    }
    try {
      SafeTensorsWriter.write(file(group), tensors, Map.of("key", key));
    } catch (PieCrustException e) {
      throw e.getCause() instanceof IOException why ? failure(why) : e;
    }
    return rows;
  }

  private PieCrustException failure(IOException e) {
    return DiskFailures.of("activations cannot be written to " + folder, e);
  }

  private Path file(int group) {
    return folder.resolve("%06d.safetensors".formatted(group));
  }

  private static String name(String what, int layer) {
    return "%s.%04d".formatted(what, layer);
  }
}
