package dev.piecrust.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A small real language model behind an endpoint in OpenAI's language on this machine. It is where
 * {@code PIECRUST_LOCAL_MODEL} says: a folder with the packages of llama.cpp for Node, and {@code
 * model.gguf}.
 */
final class LocalModel implements AutoCloseable {
  private final Process node;
  private final String baseUrl;

  private LocalModel(Process node, String baseUrl) {
    this.node = node;
    this.baseUrl = baseUrl;
  }

  /** The folder, where there is one that is complete. */
  static Optional<Path> folder() {
    return Optional.ofNullable(System.getenv("PIECRUST_LOCAL_MODEL"))
        .map(Path::of)
        .filter(folder -> Files.exists(folder.resolve("model.gguf")))
        .filter(folder -> Files.exists(folder.resolve("node_modules/node-llama-cpp")));
  }

  /**
   * @param log where the server's complaints go
   */
  static LocalModel start(Path folder, Path log) throws Exception {
    Path script =
        Path.of(LocalModel.class.getResource("/local-model/server.mjs").toURI()).toAbsolutePath();
    Process node =
        new ProcessBuilder(
                "node",
                script.toString(),
                folder.toString(),
                folder.resolve("model.gguf").toString())
            .redirectError(log.toFile())
            .start();
    BufferedReader out = node.inputReader(StandardCharsets.UTF_8);
    String address = out.readLine(); // it ends, or says where it is
    if (address == null) {
      throw new IOException("the model did not start: " + Files.readString(log));
    }
    return new LocalModel(node, address);
  }

  String baseUrl() {
    return baseUrl;
  }

  @Override
  public void close() throws IOException {
    node.getOutputStream().close();
    node.destroy();
  }
}
