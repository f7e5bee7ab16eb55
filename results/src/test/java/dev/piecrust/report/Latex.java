package dev.piecrust.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The TeX engine of this machine, where it has one. */
public final class Latex {
  private Latex() {}

  /** Goes on only where there is an engine, and all of these files for it. */
  public static void require(Path folder, String... files)
      throws IOException, InterruptedException {
    assumeTrue(runs(folder, "pdflatex", "--version"), "there is no pdflatex");
    for (String file : files) {
      assumeTrue(runs(folder, "kpsewhich", file), "there is no " + file);
    }
  }

  /** Compiles a document in the folder, without an error. */
  public static void compile(Path folder, String packages, String body)
      throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("paper.tex"),
        "\\documentclass{article}%s\\begin{document}\n%s\n\\end{document}\n"
            .formatted(packages, body));
    boolean compiled = runs(folder, "pdflatex", "-halt-on-error", "paper.tex");
    assertThat(compiled)
        .as(Files.readString(folder.resolve("printed.txt"), StandardCharsets.ISO_8859_1))
        .isTrue();
  }

  private static boolean runs(Path folder, String... command)
      throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("printed.txt").toFile())
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
