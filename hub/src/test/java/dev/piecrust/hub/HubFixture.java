package dev.piecrust.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.piecrust.campaign.HubRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A model at a stand-in hub, and a machine that asks for it. */
final class HubFixture implements AutoCloseable {
  static final HubRef REF = HubRef.parse("hf://org/model");
  static final int WEIGHTS = 100_000;

  /** Short, because the test waits for it once. */
  private static final Duration STALL = Duration.ofMillis(200);

  final StandInHub server = new StandInHub();
  final Map<String, byte[]> files = new LinkedHashMap<>();
  final List<Duration> waits = new ArrayList<>();
  final Path cache;
  final String commit;
  final Hub hub;

  HubFixture(Path cache) {
    this.cache = cache;
    files.put("config.json", "{}".getBytes(UTF_8));
    files.put("tokenizer.json", "{\"model\": {}}".getBytes(UTF_8));
    files.put("model.safetensors", random(WEIGHTS, 1));
    files.put("pytorch_model.bin", random(2000, 2));
    files.put("original/consolidated.safetensors", random(2000, 3));
    commit = server.push("org/model", files);
    hub = hub(server.settings(cache));
  }

  Hub hub(HubSettings settings) {
    return new Hub(settings, new RetryPolicy(STALL, waits::add));
  }

  HubSettings offline() {
    return new HubSettings(server.endpoint(), Optional.empty(), true, cache);
  }

  HubSettings withToken(String token) {
    return new HubSettings(server.endpoint(), Optional.of(token), false, cache);
  }

  static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  Path fetch() {
    return fetch(hub);
  }

  static Path fetch(Hub hub) {
    return hub.folder(REF, HubPart.MODEL, HubProgress.UNWATCHED);
  }

  /** Of a file of the model. */
  byte[] content(String path) {
    return requireNonNull(files.get(path), path);
  }

  Path repository() {
    return cache.resolve("models--org--model");
  }

  @Override
  public void close() {
    server.close();
  }
}
