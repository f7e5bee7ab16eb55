package dev.piecrust.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DescriptionFitTest {
  @TempDir private Path folder;

  @Test
  void saysHowManyOfTheDescribedFeaturesATranscoderHas() throws IOException {
    Path file = folder.resolve("known.csv");
    Files.writeString(file, "layer,index,description\n0,0,a\n3,99,b\n4,0,c\n0,100,d\n");
    assertThat(DescriptionFit.warning(file, 4, 100))
        .contains(
            "2 of the 4 features that known.csv describes are in the transcoder, which has 4"
                + " layers of 100 features");
    assertThat(DescriptionFit.warning(file, 5, 101)).isEmpty();
  }

  @Test
  void saysThatAFileDescribesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("none.csv"), "layer,index,description\n");
    assertThat(DescriptionFit.warning(file, 4, 100).orElseThrow())
        .startsWith("0 of the 0 features that none.csv describes are in the transcoder");
  }
}
