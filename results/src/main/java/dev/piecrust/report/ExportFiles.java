package dev.piecrust.report;

import dev.piecrust.artifact.ArtifactStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/** Where the files of an export go. */
interface ExportFiles {
  /** Adds a file. */
  void addBytes(String name, ArtifactStore.Content content) throws IOException;

  /** Adds a file, a text in UTF-8. */
  default void add(String name, ExportPart.Text text) throws IOException {
    addBytes(
        name,
        out -> {
          BufferedWriter characters =
              new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          text.writeTo(characters);
          characters.flush();
        });
  }

  /** Adds a table of comma-separated values. */
  default void addCsv(String name, Table table) throws IOException {
    add(name, out -> table.writeTo(new Csv(out, "\n")));
  }

  /** Writes records. */
  @FunctionalInterface
  interface Table {
    void writeTo(Csv csv) throws IOException;
  }
}
