package dev.piecrust.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.standin.Java;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two processes share answers because they make the same keys. */
class SameKeysIT {
  @Test
  void keysAreTheSameInEveryProcess() throws IOException, InterruptedException {
    Process other = Java.start(KeysProcess.class, ProcessBuilder.Redirect.PIPE);
    String printed =
        new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(other.waitFor()).isZero();
    List<String> keys = printed.lines().toList();
    assertThat(keys).isEqualTo(KeysProcess.keys());
    assertThat(keys.subList(3, keys.size()))
        .containsExactly(
            "bba994b98777ef9bf1521523a54858bf4d5be3d465a67ee1ba522c99428c3d04",
            "8e13f1f81fa6082178247ff016511733965cac5e9e9091df5221d1dbd08b9492",
            "970ca7575293825eb6bb5c8e33551030f1a489a1bb428e34cf5222ac782ddecc");
  }
}
