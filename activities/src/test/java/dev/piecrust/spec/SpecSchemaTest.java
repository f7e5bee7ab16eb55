package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.piecrust.key.SpecKey;
import dev.piecrust.key.SpecKeys;
import dev.piecrust.key.SpecValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A validator that others wrote takes and refuses by the schema what the reader does. */
final class SpecSchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SpecSchema.json(), InputFormat.JSON);

  private static final String LEAST =
      """
      name: least
      subject: {model: model, transcoder: model}
      tasks: [{kind: ioi}]
      interpret: {corpus: {path: corpus.jsonl}, llm: {provider: lexical}}
      evaluate: {}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void makeTheSubject() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("corpus.jsonl"), "{\"text\": \"a\"}\n");
  }

  /** A value just outside what a key may hold. */
  record Outside(String path, String value) {}

  static List<SpecReference.Entry> entries() {
    return SpecReference.entries();
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsTaken(Path example) throws IOException {
    assertThat(mistakes(Files.readString(example))).isEmpty();
  }

  @Test
  void whatTheProgramWritesIsTaken() {
    assertThat(mistakes(LEAST)).isEmpty();
    assertThat(mistakes(SpecDocument.write(SpecReader.parse(LEAST, folder, "spec")))).isEmpty();
  }

  @Test
  void wordsThatStandForNumbersOrGroupsAreTaken() {
    String spec =
        """
        prune: {factp: {pool: all}}
        """;
    assertThat(mistakes(LEAST + spec)).isEmpty();
    assertThat(mistakes(LEAST.replace("lexical", "openai, model: m, price: unknown"))).isEmpty();
    assertThat(mistakes(LEAST + spec.replace("all", "some"))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void nonsenseUnderAKeyIsRefused(SpecReference.Entry entry) {
    SpecEditor spec = SpecEditor.of(LEAST);
    spec.set(entry.path().replace("[]", "[ioi]"), List.of(List.of()));
    assertThat(mistakes(spec.write())).isNotEmpty();
  }

  @Test
  void anUnknownAndAMissingKeyAreRefused() {
    assertThat(mistakes(LEAST + "prun: {}\n"))
        .singleElement()
        .asString()
        .contains("'prun' is not defined");
    assertThat(mistakes(LEAST.replace("name: least\n", "")))
        .singleElement()
        .asString()
        .contains("'name' not found");
  }

  static List<Outside> outside() {
    List<Outside> all = new ArrayList<>();
    add("", SpecReader.KEYS, all);
    return all;
  }

  private static void add(String prefix, SpecKeys keys, List<Outside> all) {
    for (SpecKey key : keys.keys()) {
      String path = prefix + key.name();
      if (key.value() instanceof SpecValue.Group group && !group.told()) {
        add(path + ".", group.keys(), all);
      } else if (key.value() instanceof SpecValue.Groups groups) {
        add(path + "[ioi].", groups.keys(), all);
      } else if (key.value() instanceof SpecValue.Whole whole) {
        all.add(new Outside(path, String.valueOf(whole.least() - 1)));
        if (whole.most() < Long.MAX_VALUE) {
          all.add(new Outside(path, String.valueOf(whole.most() + 1)));
        }
      } else if (key.value() instanceof SpecValue.Decimal decimal) {
        all.add(new Outside(path, outside(decimal.least(), decimal.above(), -1)));
        if (Double.isFinite(decimal.most())) {
          all.add(new Outside(path, outside(decimal.most(), decimal.below(), 1)));
        }
      }
    }
  }

  private static String outside(double bound, boolean open, int away) {
    return String.valueOf(open ? bound : bound + 0.5 * away);
  }

  /** The reader names the key, and what it expected. */
  @ParameterizedTest
  @MethodSource("outside")
  void aNumberOutsideItsBoundsIsRefusedByBoth(Outside outside) {
    SpecEditor spec = SpecEditor.of(LEAST);
    spec.set(outside.path(), Double.valueOf(outside.value()));
    if (!outside.value().contains(".")) {
      spec.set(outside.path(), Long.valueOf(outside.value()));
    }
    assertThat(mistakes(spec.write())).isNotEmpty();
    assertThatThrownBy(() -> SpecReader.parse(spec.write(), folder, "spec"))
        .hasMessageContaining(outside.path().replace("[ioi]", "[0]") + ": is")
        .hasMessageContaining("expected a");
  }

  private static List<String> mistakes(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
  }
}
