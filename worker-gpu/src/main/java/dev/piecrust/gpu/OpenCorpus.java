package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.evidence.CorpusWindows;
import dev.piecrust.evidence.WindowScan;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The corpus of which a worker scanned the last shard, kept for the next: its tokens, and the
 * encoder of the features.
 */
final class OpenCorpus implements AutoCloseable {
  private final NDManager manager;
  private List<Object> source = List.of();
  private @Nullable CorpusWindows windows;
  private String scanned = "";
  private @Nullable NDManager scope;
  private @Nullable WindowScan scan;

  OpenCorpus(NDManager manager) {
    this.manager = manager;
  }

  /**
   * The windows of a file as the subject's tokenizer cuts them, read anew where that has changed.
   *
   * @param most windows
   * @param tokens of each, at most
   */
  CorpusWindows windows(Path path, Subject subject, int most, int tokens) {
    File file = path.toFile();
    List<Object> wanted =
        List.of(path, file.length(), file.lastModified(), subject.fingerprint(), most, tokens);
    if (windows == null || !wanted.equals(source)) {
      close();
      windows = CorpusWindows.read(path, subject.model().tokenizer(), most, tokens);
      source = wanted;
    }
    return windows;
  }

  /**
   * Looks for features in the windows, until the next call.
   *
   * @param key of corpus and features
   */
  WindowScan scan(String key, Function<NDManager, WindowScan> opens) {
    if (scan == null || !key.equals(scanned)) {
      closeScan();
      scope = manager.newSubManager();
      scan = opens.apply(scope);
      scanned = key;
    }
    return scan;
  }

  private void closeScan() {
    scan = null;
    if (scope != null) {
      scope.close();
      scope = null;
    }
  }

  @Override
  public void close() {
    closeScan();
    windows = null;
  }
}
