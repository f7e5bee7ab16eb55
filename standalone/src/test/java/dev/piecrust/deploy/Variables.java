package dev.piecrust.deploy;

import dev.piecrust.embedded.Program;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which environment variables the program, and the libraries in it, read. */
public final class Variables {
  /** Read by the launchers of the JVM and of Maven, or by NVIDIA's container runtime. */
  private static final Set<String> OF_THE_PLATFORM =
      Set.of(
          "JAVA_HOME",
          "LANG",
          "MAVEN_OPTS",
          "NVIDIA_VISIBLE_DEVICES",
          "NVIDIA_DRIVER_CAPABILITIES");

  /** A class of a library that has the variable's name among its constants. */
  private static final Map<String, String> OF_LIBRARIES =
      Map.of(
          "DJL_CACHE_DIR", "ai/djl/util/Utils.class",
          "PYTORCH_LIBRARY_PATH", "ai/djl/pytorch/jni/LibUtils.class",
          "PYTORCH_VERSION", "ai/djl/pytorch/jni/LibUtils.class",
          "PYTORCH_FLAVOR", "ai/djl/pytorch/jni/LibUtils.class",
          "AWS_ACCESS_KEY_ID", "software/amazon/awssdk/core/SdkSystemSetting.class",
          "AWS_SECRET_ACCESS_KEY", "software/amazon/awssdk/core/SdkSystemSetting.class");

  private static final Pattern LITERAL = Pattern.compile("\"([A-Z][A-Z0-9]*_[A-Z0-9_]+)\"");
  private static final Pattern IN_LAUNCHER = Pattern.compile("\\$\\{([A-Z_]+)");
  private static final Pattern SETTING = Pattern.compile("(?m)^(quarkus\\.[\\w.\"-]+)=");

  private static final Set<String> OF_THE_PROGRAM = ofTheProgram();

  private Variables() {}

  /** The names that a container sets, and nobody in it reads. */
  static List<String> problems(Container container) {
    Set<String> theirs = Images.OTHERS.getOrDefault(container.image(), Set.of());
    return container.variables().stream()
        .filter(name -> container.ours() ? !known(name) : !theirs.contains(name))
        .map(name -> "%s: nobody reads %s".formatted(container.where(), name))
        .toList();
  }

  public static boolean known(String name) {
    return OF_THE_PLATFORM.contains(name)
        || OF_THE_PROGRAM.contains(name)
        || (OF_LIBRARIES.containsKey(name) && constantOf(OF_LIBRARIES.get(name), name))
        || (name.startsWith("TEMPORAL_") && changesTemporalsProfile(name));
  }

  /** Names in the sources and the launcher, and settings of the application as variables. */
  private static Set<String> ofTheProgram() {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Program.ROOT, 12)) {
      files
          .filter(file -> file.toString().contains("/src/main/"))
          .forEach(
              file -> {
                if (file.toString().endsWith(".java")) {
                  addMatches(LITERAL, file, names);
                } else if (file.endsWith("application.properties")) {
                  Set<String> settings = new TreeSet<>();
                  addMatches(SETTING, file, settings);
                  settings.forEach(setting -> names.add(variable(setting)));
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addMatches(IN_LAUNCHER, Program.ROOT.resolve("piecrust"), names);
    return names;
  }

  private static String variable(String setting) {
    return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static void addMatches(Pattern pattern, Path file, Set<String> names) {
    pattern
        .matcher(DeployFolder.text(file))
        .results()
        .forEach(result -> names.add(result.group(1)));
  }

  private static boolean constantOf(String type, String name) {
    try (InputStream in = Variables.class.getClassLoader().getResourceAsStream(type)) {
      return in != null
          && new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether Temporal's own reader of the environment sees it. */
  private static boolean changesTemporalsProfile(String name) {
    return !profile(Map.of(name, "true")).equals(profile(Map.of()));
  }

  private static ClientConfigProfile profile(Map<String, String> environment) {
    try {
      return ClientConfigProfile.load(
          LoadClientConfigProfileOptions.newBuilder()
              .setEnvOverrides(new TreeMap<>(environment))
              .setDisableFile(true)
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
