package dev.piecrust.report.file;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.input.Sha256;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of an export in a folder, several of which may be written side by side. */
public final class ExportFiles {
  private final Path folder;
  private final List<String> names = new ArrayList<>();
  private final List<Writer> begun = new ArrayList<>();
  private final SortedMap<String, String> sha256 = new TreeMap<>();

  /** Writes records. */
  @FunctionalInterface
  interface Table {
    void writeTo(Csv csv) throws IOException;
  }

  /**
   * @param folder that is there and empty
   */
  public ExportFiles(Path folder) {
    this.folder = folder;
  }

  /** Begins a text in UTF-8, which {@link #list} gives its place among the files. */
  Writer begin(String name) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(open(name), StandardCharsets.UTF_8));
    begun.add(text);
    return text;
  }

  private OutputStream open(String name) throws IOException {
    MessageDigest digest = Sha256.digest();
    OutputStream file = new BufferedOutputStream(Files.newOutputStream(path(name)));
    return new DigestOutputStream(file, digest) {
      @Override
      public void close() throws IOException {
        super.close();
        sha256.put(name, HexFormat.of().formatHex(digest.digest()));
      }
    };
  }

  /** Where a file of this name is. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Names a file that was written as the next. */
  void list(String name) {
    names.add(name);
  }

  /** Adds a file. */
  public void addBytes(String name, ArtifactStore.Content content) throws IOException {
    list(name);
    try (OutputStream out = open(name)) {
      content.writeTo(out);
    }
  }

  /** Adds a file, a text in UTF-8. */
  public void add(String name, ExportPart.Text text) throws IOException {
    list(name);
    try (Writer out = begin(name)) {
      text.writeTo(out);
    }
  }

  /** Adds a table of comma-separated values. */
  void addCsv(String name, Table table) throws IOException {
    add(name, out -> table.writeTo(new Csv(out, "\n")));
  }

  /** In their order. */
  public List<String> names() {
    return Collections.unmodifiableList(names);
  }

  /** SHA-256 by name, in hexadecimal. */
  public SortedMap<String, String> sha256() {
    return Collections.unmodifiableSortedMap(sha256);
  }

  /** Deletes what was written, and the folder. */
  public void discard() throws IOException {
    for (Writer text : begun) {
      try {
        text.close();
      } catch (IOException ignored) {
        // Of a full disk; the file is deleted all the same.
      }
    }
    try (var all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
