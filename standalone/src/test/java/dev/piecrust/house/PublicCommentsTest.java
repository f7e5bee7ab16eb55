package dev.piecrust.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules that others may build on say what is public in them. */
final class PublicCommentsTest {
  @ParameterizedTest
  @ValueSource(strings = {"activities", "store", "hub", "workflows", "worker-gpu", "worker-llm"})
  void whatIsPublicHasAComment(String module) throws IOException {
    assertThat(Uncommented.in(Program.ROOT, module + "/src/main/java")).isEmpty();
  }

  @Test
  void noticesWhatHasNone(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("Planted.java"),
        """
        /** Has one. */
        public record Planted(int size) implements Runnable {
          public static final int SMALL = 1;
          public Planted {}
          public Planted() { this(SMALL); }
          /** Has one. */
          public Planted(String size) { this(size.length()); }
          @Override public void run() {}
          @Deprecated
          public int twice() { return 2 * size; }
          int half() { return size / 2; }
          /** */
          public enum Colour { RED, /** Has one. */ GREEN; public int code() { return 0; } }
          interface Hidden { int shown(); }
          /** Has one. */
          public interface Shape {
            int SIDES = 4;
            double area();
            private void nobody() {}
            record Square() {}
          }
        }

        class Beside { public int open; }
        """);
    assertThat(Uncommented.in(folder, ""))
        .containsExactly(
            "Planted.java:3 Planted.SMALL",
            "Planted.java:5 Planted()",
            "Planted.java:9 Planted.twice()",
            "Planted.java:13 Planted.Colour",
            "Planted.java:13 Planted.Colour.RED",
            "Planted.java:13 Planted.Colour.code()",
            "Planted.java:17 Planted.Shape.SIDES",
            "Planted.java:18 Planted.Shape.area()",
            "Planted.java:20 Planted.Shape.Square");
  }
}
