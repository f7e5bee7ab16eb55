package dev.piecrust.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class FolderContractTest extends ArtifactContract {
  @TempDir Path folder;
  private ArtifactStore store;

  @BeforeEach
  void open() {
    store = new FolderLocation(folder).open();
  }

  @Override
  ArtifactStore store() {
    return store;
  }

  @Override
  long held() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Override
  void replace(String sha256, String content) throws IOException {
    Path file = folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
    Files.writeString(file.resolve(sha256), content);
  }
}
