package dev.piecrust.embedded;

import dev.piecrust.campaign.Json;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code server.json}: readable by its owner alone, and never seen half-written. */
record ServerFile(Path file) {
  void write(ServerAddress address) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PrivateFiles.ownerOnly());
      Files.writeString(fresh, Json.write(address));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw PieCrustException.external(file + " cannot be written", e);
    }
  }

  Optional<ServerAddress> read() {
    try {
      return Optional.of(Json.read(Files.readString(file), ServerAddress.class, file.toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw PieCrustException.external(file + " cannot be read", e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw PieCrustException.external(file + " cannot be deleted", e);
    }
  }
}
