package dev.piecrust.model;

import dev.piecrust.input.InputFile;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.TensorInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Identity of a set of files and tensors: SHA-256 over the files whole, and for every tensor its
 * name, type, shape and content; of content above 1 MiB, 16 evenly spaced blocks of 64 KiB, so that
 * tens of gigabytes take no time.
 */
public final class Fingerprint {
  private static final int BLOCK = 64 * 1024;
  private static final int BLOCKS = 16;

  private Fingerprint() {}

  /** In hex. Files that do not exist are passed over. */
  public static String of(List<Path> files, SafeTensors tensors) {
    MessageDigest digest = sha256();
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(contentOf(file));
      }
    }
    tensors.names().stream().sorted().forEach(name -> add(digest, tensors, name));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, SafeTensors tensors, String name) {
    TensorInfo info = tensors.info(name);
    digest.update((name + info.dtype() + info.dimensions()).getBytes(StandardCharsets.UTF_8));
    long bytes = info.end() - info.begin();
    if (bytes <= (long) BLOCK * BLOCKS) {
      digest.update(tensors.rawBytes(name, 0, (int) bytes));
    } else {
      for (long i = 0; i < BLOCKS; i++) {
        digest.update(tensors.rawBytes(name, i * (bytes - BLOCK) / (BLOCKS - 1), BLOCK));
      }
    }
  }

  private static byte[] contentOf(Path file) {
    return new InputFile(file, file.toString(), "a file of the model").bytes(InputFile.WHOLE);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
