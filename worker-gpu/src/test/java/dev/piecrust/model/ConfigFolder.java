package dev.piecrust.model;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A copy of a reference checkpoint whose config a test changes. */
public final class ConfigFolder {
  private final ObjectMapper mapper = new ObjectMapper();
  private final Path folder;

  /** Copies the named checkpoint. */
  public ConfigFolder(String name, Path target) {
    this.folder = Fixtures.folder(name, target);
  }

  public Path path() {
    return folder;
  }

  /** Sets a key to a value in JSON. */
  public void set(String key, String value) {
    change(config -> config.set(key, json(value)));
  }

  /** Changes the whole config. */
  public void change(Consumer<ObjectNode> change) {
    Path file = folder.resolve("config.json");
    try {
      ObjectNode config = (ObjectNode) mapper.readTree(file.toFile());
      change.accept(config);
      mapper.writeValue(file.toFile(), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode json(String value) {
    try {
      return mapper.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the model makes of a reference prompt, {@code [1,T,V]}. */
  public double[] logits(int[] ids, NDManager manager) {
    try (Transformer model = Models.load(folder, manager)) {
      TokenBatch batch = new TokenBatch(List.of(ids));
      return Fixtures.values(model.unembed(model.run(manager, batch, List.of())));
    }
  }
}
