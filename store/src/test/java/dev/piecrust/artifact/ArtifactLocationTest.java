package dev.piecrust.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArtifactLocationTest {
  private static final ArtifactRef ABC =
      new ArtifactRef("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3);

  @Test
  void isAFolder() {
    assertThat(of("/mnt/shared")).isEqualTo(new FolderLocation(Path.of("/mnt/shared")));
    assertThat(of("shared").toString()).isEqualTo(Path.of("shared").toAbsolutePath().toString());
  }

  @Test
  void isABucketOfAws() {
    S3Location bucket = (S3Location) of("s3://lab.piecrust-1");
    assertThat(bucket)
        .isEqualTo(new S3Location("lab.piecrust-1", "", Optional.empty(), "us-east-1"));
    assertThat(bucket).hasToString("s3://lab.piecrust-1/ at AWS, region us-east-1");
    assertThat(bucket.key(ABC)).isEqualTo("ba/78/" + ABC.sha256());
  }

  @Test
  void isAPrefixInABucketOfAnotherStore() {
    S3Location bucket =
        (S3Location)
            ArtifactLocation.of(
                Map.of(
                    "PIECRUST_ARTIFACTS", "s3://lab/team/pie_1/",
                    "PIECRUST_S3_ENDPOINT", "https://minio.lab:9000",
                    "PIECRUST_S3_REGION", "eu-1"));
    assertThat(bucket.endpoint()).contains(URI.create("https://minio.lab:9000"));
    assertThat(bucket.key(ABC)).isEqualTo("team/pie_1/ba/78/" + ABC.sha256());
    assertThat(bucket).hasToString("s3://lab/team/pie_1/ at https://minio.lab:9000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3://", "s3://ab", "s3://Lab", "s3://lab//x", "s3://lab/a b", "s3://lab/x?y"})
  void refusesWhatIsNoBucket(String place) {
    assertRefused(
        Map.of("PIECRUST_ARTIFACTS", place),
        "PIECRUST_ARTIFACTS is '%s', expected s3://BUCKET[/PREFIX]",
        place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:/lab", "gs://lab", "https://lab/x", "a\0b"})
  void refusesWhatIsNeitherFolderNorBucket(String place) {
    assertRefused(
        Map.of("PIECRUST_ARTIFACTS", place),
        "PIECRUST_ARTIFACTS is '%s', expected a folder",
        place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"minio:9000", "ftp://minio", "http://", "http://a b", "https://me:secret@minio"})
  void refusesAnEndpointWithoutRepeatingIt(String endpoint) {
    assertThatThrownBy(
            () ->
                ArtifactLocation.of(
                    Map.of("PIECRUST_ARTIFACTS", "s3://lab", "PIECRUST_S3_ENDPOINT", endpoint)))
        .hasMessageStartingWith("PIECRUST_S3_ENDPOINT is ")
        .hasMessageContaining(", expected http[s]://HOST[:PORT]")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesARegionThatIsNoName() {
    assertRefused(
        Map.of("PIECRUST_ARTIFACTS", "s3://lab", "PIECRUST_S3_REGION", "a/b"),
        "PIECRUST_S3_REGION is '%s', expected a name such as us-east-1",
        "a/b");
  }

  private static ArtifactLocation of(String place) {
    return ArtifactLocation.of(Map.of("PIECRUST_ARTIFACTS", place));
  }

  private static void assertRefused(Map<String, String> environment, String format, String value) {
    assertThatThrownBy(() -> ArtifactLocation.of(environment))
        .hasMessageStartingWith(format.replace("%s", value))
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }
}
