package dev.piecrust.spec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.Scope;
import dev.piecrust.input.InputYaml;
import dev.piecrust.input.Roots;
import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;
import dev.piecrust.key.SpecKeys;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One component more in a record is one key more for all that reads, writes and describes specs: no
 * other file knows of it.
 */
final class NewKeyTest {
  /** What there was. */
  record Before(@Key(value = "Rounds of it.", in = "[1, ∞)", usual = "3") int rounds) {}

  /** The same with keys that are new. */
  record After(
      @Key(value = "Rounds of it.", in = "[1, ∞)", usual = "3") int rounds,
      @FormField(value = "Weight", help = "beside the score")
          @Key(
              value = "Weight of the second term.",
              in = "[0, 1)",
              unit = "nats",
              usual = "0.5",
              omitUsual = true)
          double weight,
      @Key(
              value = "Where it holds.",
              expected = "a list of scopes",
              example = "[global]",
              name = "more.scopes",
              group = "What is new.",
              usual = "[global, per_layer]",
              omitUsual = true)
          List<Scope> scopes) {
    After {
      RecordKeys.check(After.class, "after", rounds, weight, scopes);
    }
  }

  private static final SpecKeys KEYS = RecordKeys.of(After.class).keys();

  @Test
  void theReaderTakesIt() {
    assertThat(read("{rounds: 2, weight: 0.25, more: {scopes: [per_layer]}}"))
        .isEqualTo(new After(2, 0.25, List.of(Scope.PER_LAYER)));
    assertThat(read("{}")).isEqualTo(new After(3, 0.5, List.of(Scope.values())));
  }

  @Test
  void theReaderNamesEveryMistakeWithItsPlace() {
    assertThatThrownBy(() -> read("{rounds: 0, wieght: 1,\nweight: 1, more: {scopes: [globl]}}"))
        .hasMessage(
            """
            spec:1:10: rounds: is '0', expected a whole number from 1 to 2147483647
            spec:1:13: wieght: is no known key, expected one of rounds, weight, more (did you mean 'weight'?)
            spec:2:9: weight: is '1', expected a number from 0 to less than 1, in nats
            spec:2:28: more.scopes: 'globl' is not known, expected one of global, per_layer (did you mean 'global'?)\
            """);
  }

  @Test
  void theRecordRefusesWhatTheReaderDoes() {
    assertThatThrownBy(() -> new After(2, 1, List.of()))
        .hasMessage("after.weight is 1.0, expected a number from 0 to less than 1, in nats");
  }

  @Test
  void theWriterWritesItSoThatOldDocumentsStayWhatTheyAre() {
    assertThat(SpecDocument.tree(new Before(3)))
        .isEqualTo(SpecDocument.tree(new After(3, 0.5, List.of(Scope.values()))));
    After changed = new After(2, 0.25, List.of(Scope.GLOBAL));
    assertThat(SpecDocument.tree(changed))
        .hasToString("{rounds=2, weight=0.25, more={scopes=[global]}}");
    assertThat(read(SpecDocument.tree(changed).toString().replace('=', ':').replace(":", ": ")))
        .isEqualTo(changed);
  }

  @Test
  void theReferenceTellsOfIt() {
    assertThat(SpecReference.entries(KEYS))
        .contains(
            new SpecReference.Entry(
                "weight",
                "a number from 0 to less than 1, in nats",
                "0.5",
                "Weight of the second term."),
            new SpecReference.Entry("more", "keys: scopes", "–", "What is new."),
            new SpecReference.Entry(
                "more.scopes",
                "a list of scopes, such as [global]",
                "[global, per_layer]",
                "Where it holds. Any of global, per_layer."));
  }

  @Test
  void theSchemaHasIt() {
    assertThat(SpecSchema.json(KEYS))
        .contains(
            "\"minimum\" : 0.0",
            "\"exclusiveMaximum\" : 1.0",
            "\"default\" : 0.5",
            "\"default\" : [\"global\",\"per_layer\"]",
            "Weight of the second term. Default: 0.5.");
  }

  @Test
  void theFormAsksForIt() {
    assertThat(SpecForm.fields(KEYS))
        .singleElement()
        .satisfies(
            field -> {
              assertThat(field.path()).isEqualTo("weight");
              assertThat(field.label()).isEqualTo("Weight");
              assertThat(field.keyboard()).isEqualTo("decimal");
              assertThat(field.usual()).contains(0.5);
            });
  }

  private static After read(String yaml) {
    SpecProblems problems = new SpecProblems("spec");
    YamlMap map =
        YamlMap.of(
            "", requireNonNull(new InputYaml("spec", "a spec").compose(yaml)), KEYS, problems);
    SpecPaths paths = new SpecPaths(Path.of("/"), Roots.ofThisProcess(), problems);
    After read = new RecordReader(paths, problems).read(After.class, map).make().orElseThrow();
    assertThat(problems.inFilesAlone()).isEmpty();
    return read;
  }
}
