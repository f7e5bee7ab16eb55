package dev.piecrust.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layer 1, index 2 is Cantor id 8; layer 0, index 5 is 20. */
class DescriptionFileTest {
  private static final FeatureId EIGHT = new FeatureId(1, 2);
  private static final FeatureId TWENTY = new FeatureId(0, 5);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.json | {\"8\": {\"description\": \"names\"}, \"20\": {\"description\": \" the \"}}",
        "a.json | {\"8\": {\"layer\": 1, \"feature\": 2, \"description\": \"names\", \"model\":"
            + " \"m\"}, \"20\": {\"description\": \"the\"}, \"3\": {\"description\": null}}",
        "a.jsonl | {\"layer\": 1, \"index\": 2, \"description\": \"names\"};;"
            + "{\"id\": 20, \"description\": \"the\"}",
        "a.ndjson | {\"modelId\": \"m\", \"layer\": \"1-clt-hp\", \"index\": \"2\","
            + " \"description\": \"names\"};{\"cantor_id\": \"20\", \"description\": \"the\"}",
        "a.csv | layer,index,description;1,2,names;0,5,the;4,4,",
        "a.csv | id,layer,feature,kept,description;8,1,2,9,\"names\";20,0,5,3,\"the\"",
        "a.csv | description,cantor_id;names,8;the,20",
      })
  void readsEachForm(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content.replace(';', '\n'));
    DescriptionFile read = DescriptionFile.read(file);
    assertThat(read.descriptions())
        .hasSize(2)
        .containsEntry(EIGHT, "names")
        .containsEntry(TWENTY, "the");
    assertThat(read.sha256()).isEqualTo(Sha256.of(content.replace(';', '\n')));
  }

  @Test
  void readsWhatIsPacked() throws IOException {
    Path file = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("id,description\n8,names\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(DescriptionFile.read(file).descriptions()).containsOnlyKeys(EIGHT);
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 20));
    assertThatThrownBy(() -> DescriptionFile.read(file)).hasMessageContaining("damaged");
    Files.writeString(file, "id,description\n");
    assertThatThrownBy(() -> DescriptionFile.read(file)).hasMessageContaining("is not gzip'd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.txt | x | the name does not tell the form, expected .json, .jsonl or .csv",
        "a.json | [1] | is no JSON object",
        "a.json | {\"8\": \"names\"} | '8': is no object, expected {\"description\": …}",
        "a.json | {\"x\": {\"description\": \"names\"}} | Cantor id is 'x', expected a whole"
            + " number",
        "a.json | {\"8\": {\"layer\": 0, \"index\": 5, \"description\": \"a\"}}"
            + " | '8': is not the Cantor id of layer 0 and index 5 beside it, expected 20",
        "a.json | {\"9223372036854775807\": {\"description\": \"a\"}} | '9223372036854775807':"
            + " Cantor id is '9223372036854775807', expected a whole number",
        "a.json | {\"8\": {\"description\": \"a\"},;oops} | is not valid JSON at line 2, column",
        "a.jsonl | {\"id\": 8};broken | line 1: has no description that is a text",
        "a.jsonl | {\"id\": 8, \"description\": \"a\"};broken | line 2: is not valid JSON",
        "a.jsonl | {\"description\": \"a\"} | line 1: names no feature",
        "a.jsonl | {\"layer\": \"last\", \"index\": 1, \"description\": \"a\"} | line 1: layer is"
            + " 'last'",
        "a.csv | layer,index,text;1,2,names | line 1: its columns are layer, index, text, expected"
            + " one called 'description'",
        "a.csv | layer,index,description;1,-2,names | line 2: index is '-2', expected a whole"
            + " number",
        "a.csv | id,description;8,a;20,b;8,c"
            + " | line 4: feature 2 of layer 1 is described before, expected it once",
      })
  void namesWhatCannotBeRead(String name, String content, String complaint) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content.replace(';', '\n'));
    assertThatThrownBy(() -> DescriptionFile.read(file))
        .isInstanceOfSatisfying(
            PieCrustException.class, e -> assertThat(e.category()).isEqualTo(FailureCategory.USER))
        .message()
        .startsWith("descriptions " + file)
        .contains(complaint)
        .hasLineCount(1);
  }

  private void batch(String source, int number, String lines) throws IOException {
    Path file = folder.resolve("%s/explanations/batch-%d.jsonl.gz".formatted(source, number));
    Files.createDirectories(file.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(lines.replace(';', '\n').getBytes(StandardCharsets.UTF_8));
    }
  }

  private void export() throws IOException {
    batch(
        "1-clt-hp",
        0,
        "{'modelId':'m','layer':'1-clt-hp','index':'2','description':'names','typeName':'np_max-act',"
            .concat("'explanationModelName':'x','scores':[{'value':0.5}]};")
            .concat("{'modelId':'m','layer':'1-clt-hp','index':'2','description':'by another'}")
            .replace('\'', '"'));
    batch("0-clt-hp", 10, "{\"layer\":\"0-clt-hp\",\"index\":\"5\",\"description\":\"late\"}");
    batch("0-clt-hp", 9, "{\"layer\":\"0-clt-hp\",\"index\":\"5\",\"description\":\"the\"}");
  }

  @Test
  void readsAnExportOfNeuronpediaWithItsLicence() throws IOException {
    export();
    DescriptionFile whole = DescriptionFile.read(folder);
    assertThat(whole.licence()).isEmpty();
    assertThat(whole.descriptions())
        .hasSize(2)
        .containsEntry(EIGHT, "names") // the first counts
        .containsEntry(TWENTY, "the"); // batch 9 comes before batch 10
    assertThat(DescriptionFile.read(folder.resolve("1-clt-hp")).descriptions())
        .containsOnlyKeys(EIGHT);
    Files.writeString(folder.resolve("README.md"), "# Export\n\n**License:** CC-BY-4.0\n");
    assertThat(DescriptionFile.read(folder).licence()).contains("CC-BY-4.0");
    Files.writeString(folder.resolve("LICENSE"), "\nCreative Commons Attribution\nand so on");
    assertThat(DescriptionFile.read(folder).licence()).contains("Creative Commons Attribution");
    assertThat(DescriptionFile.read(folder).sha256()).isEqualTo(whole.sha256());
    batch("0-clt-hp", 9, "{\"layer\":\"0-clt-hp\",\"index\":\"5\",\"description\":\"new\"}");
    assertThat(DescriptionFile.read(folder).sha256()).isNotEqualTo(whole.sha256());
  }

  @Test
  void refusesAnExportThatIsNoneOrOfSeveralSets() throws IOException {
    assertThatThrownBy(() -> DescriptionFile.read(folder))
        .hasMessageContaining("has no explanations, expected the folder of a Neuronpedia export");
    export();
    batch("1-res-16k", 0, "{\"layer\":\"1-res-16k\",\"index\":\"2\",\"description\":\"other\"}");
    assertThatThrownBy(() -> DescriptionFile.read(folder))
        .hasMessageContaining("has sources of the sets clt-hp, res-16k, expected one set");
    batch("0-clt-hp", 9, "{\"layer\":\"0\"");
    assertThatThrownBy(() -> DescriptionFile.read(folder.resolve("0-clt-hp")))
        .hasMessageContaining("batch-9.jsonl.gz line 1: is not valid JSON");
    Files.writeString(folder.resolve("0-clt-hp/explanations/batch-9.jsonl.gz"), "plain");
    assertThatThrownBy(() -> DescriptionFile.read(folder.resolve("0-clt-hp")))
        .hasMessageContaining("is not gzip'd");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> DescriptionFile.read(folder.resolve("none.csv")))
        .hasMessage(
            "descriptions %s: there is no such file, expected a file of descriptions",
            folder.resolve("none.csv"));
  }
}
