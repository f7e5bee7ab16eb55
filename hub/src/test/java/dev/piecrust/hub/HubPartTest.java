package dev.piecrust.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.HubRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubPartTest {
  private static final HubRef REF = HubRef.parse("hf://org/name");

  @TempDir Path folder;

  @Test
  void takesTheShardsOfTheIndexAndNoOtherWeights() throws IOException {
    Path index =
        Files.writeString(
            folder.resolve("index"),
            "{\"weight_map\": {\"a\": \"w-2.safetensors\", \"b\": \"w-1.safetensors\","
                + " \"c\": \"w-2.safetensors\"}}");
    HubListing model =
        listing(
            "config.json",
            "model.safetensors",
            "model.safetensors.index.json",
            "w-1.safetensors",
            "w-2.safetensors",
            "w-3.safetensors",
            "tokenizer.model",
            "pytorch_model.bin",
            "m.gguf",
            "original/w-1.safetensors");
    assertThat(paths(HubPart.MODEL.needed(model, file -> index, HubPartTest::noOther)))
        .containsExactly(
            "config.json", "model.safetensors.index.json", "w-1.safetensors", "w-2.safetensors");
  }

  @Test
  void takesTheUsualFilesOfTheLayers() throws IOException {
    HubListing transcoder =
        listing(
            "README.md",
            "W_dec_0.safetensors",
            "W_enc_0.safetensors",
            "W_enc_10.safetensors",
            "config.yaml",
            "features/index.json.gz",
            "old/W_enc_0.safetensors",
            "layer_0.pth");
    Path silent = Files.writeString(folder.resolve("silent"), "model_kind: any\n");
    assertThat(paths(HubPart.TRANSCODER.needed(transcoder, file -> silent, HubPartTest::noOther)))
        .containsExactly(
            "config.yaml", "W_dec_0.safetensors", "W_enc_0.safetensors", "W_enc_10.safetensors");
    assertThat(HubPart.of(transcoder)).isEqualTo(HubPart.TRANSCODER);
  }

  @Test
  void takesTheFilesThatATranscodersConfigLists() throws IOException {
    HubListing transcoder = listing("config.yaml", "a.safetensors", "layer_0.safetensors");
    Path config = Files.writeString(folder.resolve("config"), "transcoders: [a.safetensors]\n");
    assertThat(paths(HubPart.TRANSCODER.needed(transcoder, file -> config, HubPartTest::noOther)))
        .containsExactly("config.yaml", "a.safetensors");
  }

  @Test
  void takesFeatureFilesWithoutWeights() {
    HubListing transcoder =
        listing("config.yaml", "W_enc_0.safetensors", "features/0.bin", "features/index.json.gz");
    assertThat(
            paths(
                HubPart.FEATURES.needed(
                    transcoder,
                    file -> {
                      throw new AssertionError("no content is needed");
                    },
                    HubPartTest::noOther)))
        .containsExactly("features/0.bin", "features/index.json.gz");
  }

  private static HubListing noOther(HubRef ref) {
    throw new AssertionError("no other repository is needed: " + ref);
  }

  private static HubListing listing(String... paths) {
    return new HubListing(
        REF, Arrays.stream(paths).map(path -> new HubFile(path, 1, "0".repeat(40))).toList());
  }

  private static List<String> paths(List<HubFile> files) {
    return files.stream().map(HubFile::path).toList();
  }
}
