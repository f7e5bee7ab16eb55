package dev.piecrust.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An archive of the classes that the program loads, which saves a third of what a start takes. The
 * first test that needs it makes it by running a small campaign; the others, in whichever JVM, wait
 * for it. Without one the program starts as it does without this class.
 */
final class SharedClasses {
  private static final Path TARGET = Program.ROOT.resolve("standalone/target");
  private static final Path ARCHIVE =
      TARGET.resolve("classes-" + System.getProperty("java.vm.version") + ".jsa");
  private static final Optional<String> OPTION = made();

  private SharedClasses() {}

  /** The option for the JVM, where there is an archive. */
  static Optional<String> option() {
    return OPTION;
  }

  private static Optional<String> made() {
    try (FileChannel lock =
        FileChannel.open(
            TARGET.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      if (!isCurrent() && !make()) {
        return Optional.empty();
      }
      return Optional.of("-XX:SharedArchiveFile=" + ARCHIVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isCurrent() throws IOException {
    return Files.exists(ARCHIVE)
        && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(Program.JAR)) > 0;
  }

  private static boolean make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("piecrust-classes");
    Path made = folder.resolve("classes.jsa");
    List<String> command = new ArrayList<>(Program.java());
    command.addAll(List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + made));
    command.addAll(List.of("-jar", Program.JAR.toString()));
    Path spec = SmallSpec.write(folder, "fap, random", 2);
    command.addAll(List.of("run", spec.toString(), "--out", folder.resolve("out").toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PIECRUST_HOME", folder.resolve("home").toString());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    if (!ended || process.exitValue() != 0 || !Files.exists(made)) {
      return false;
    }
    Files.move(made, ARCHIVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }
}
