package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeTest {
  private static final ServerAddress ADDRESS = new ServerAddress(4711, "secret", 42, true);

  @TempDir Path folder;

  @Test
  void prefersThePropertyThenTheVariableThenTheUsersHome() {
    Map<String, String> set = Map.of("PIECRUST_HOME", "/variable");
    assertThat(Home.of(set, "/property", "/user").folder()).hasToString("/property");
    assertThat(Home.of(set, "", "/user").folder()).hasToString("/variable");
    assertThat(Home.of(Map.of(), "", "/user").folder()).hasToString("/user/.piecrust");
  }

  @Test
  void belongsToOneHolderOfTheLockAtATime() {
    Home home = new Home(folder);
    try (HomeLock held = home.tryLock().orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(home.tryLock()).isEmpty();
    }
    try (HomeLock again = home.tryLock().orElseThrow()) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void leadsToItsOwnerWhileThatHoldsTheLock() {
    Home home = new Home(folder);
    try (HomeLock held = home.tryLock().orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(home.owner()).isEmpty();
      home.serverFile().write(ADDRESS);
      assertThat(home.owner()).contains(ADDRESS);
      home.serverFile().delete();
      assertThat(home.owner()).isEmpty();
    }
  }

  @Test
  void seesThroughTheFileOfAKilledOwner() {
    Home home = new Home(folder);
    home.serverFile().write(ADDRESS);
    assertThat(home.owner()).isEmpty();
    assertThat(home.tryLock()).isPresent();
  }

  @Test
  void letsOnlyTheUserReadTheToken() throws Exception {
    new Home(folder).serverFile().write(ADDRESS);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("server.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void isItsUsersAloneAlsoWhereItWasNot() throws Exception {
    Path old = Files.createDirectories(folder.resolve("home/artifacts/aa"));
    Files.writeString(old.resolve("aabb"), "a result");
    Files.writeString(folder.resolve("home/piecrust.mv.db"), "a database");
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "not in the home");
    Files.createSymbolicLink(folder.resolve("home/link"), elsewhere);
    for (Path file : List.of(folder.resolve("home"), old, old.getParent())) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    String before = permissions(elsewhere);
    new Home(folder.resolve("home")).create();
    assertThat(permissions(folder.resolve("home"))).isEqualTo("rwx------");
    assertThat(permissions(old)).isEqualTo("rwx------");
    assertThat(permissions(old.resolve("aabb"))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("home/piecrust.mv.db"))).isEqualTo("rw-------");
    assertThat(permissions(elsewhere)).isEqualTo(before);

    Files.setPosixFilePermissions(
        folder.resolve("home/piecrust.mv.db"), PosixFilePermissions.fromString("rw-r--r--"));
    new Home(folder.resolve("home")).create();
    assertThat(permissions(folder.resolve("home/piecrust.mv.db"))).isEqualTo("rw-------");
    new Home(folder.resolve("deep/new")).create();
    assertThat(permissions(folder.resolve("deep/new"))).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("deep/new/artifacts"))).isEqualTo("rwx------");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void keepsTheTokenOutOfMessages() {
    assertThat(ADDRESS).hasToString("127.0.0.1:4711 (process 42)");
  }
}
