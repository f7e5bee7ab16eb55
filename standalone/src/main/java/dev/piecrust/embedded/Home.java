package dev.piecrust.embedded;

import dev.piecrust.failure.DiskFailures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.HomeFolder;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folder where everything lives that outlasts a run: {@code PIECRUST_HOME}, by default {@code
 * ~/.piecrust}. One process owns it at a time, by the lock on {@code lock}; while it does, {@code
 * server.json} tells the commands started beside it where to ask.
 *
 * @param folder absolute
 */
public record Home(Path folder) {
  /** Name of the environment variable, and of the system property that comes before it. */
  public static final String VARIABLE = HomeFolder.VARIABLE;

  /** In bytes: the log's first lines, the lock and the address; the database makes its own room. */
  private static final int ROOM_OF_A_START = 1 << 16;

  static final String PROPERTY = HomeFolder.PROPERTY;

  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  /** The home that the system property, the environment or the default names; made if missing. */
  public static Home ofThisProcess() {
    return new Home(HomeFolder.ofThisProcess()).create();
  }

  static Home of(Map<String, String> environment, String property, String userHome) {
    return new Home(HomeFolder.of(environment, property, userHome));
  }

  Home create() {
    try {
      PrivateFiles.makeFolder(folder);
      PrivateFiles.makeFolder(logs());
      PrivateFiles.makeFolder(artifacts());
      close();
      return this;
    } catch (IOException e) {
      if (DiskFailures.isFull(e)) {
        throw PieCrustException.resources("the disk of %s is full, expected room there", folder);
      }
      throw PieCrustException.user(
          "%s is %s, expected a folder that this user may make and write", VARIABLE, folder);
    }
  }

  /** Refuses, as a resources failure, a home on a disk without room for what a start writes. */
  public void requireRoom() {
    Path probe = folder.resolve("room");
    try {
      Files.write(probe, new byte[ROOM_OF_A_START]);
      Files.delete(probe);
    } catch (IOException e) {
      boolean unused = probe.toFile().delete();
      throw DiskFailures.isFull(e)
          ? PieCrustException.resources("the disk of %s is full, expected room there", folder)
          : PieCrustException.external(folder + " cannot be written", e);
    }
  }

  /** What is here is this user's alone. */
  private void close() {
    PrivateFiles.close(folder);
    PrivateFiles.close(logs());
    PrivateFiles.close(folder.resolve("cache"));
  }

  /** The H2 database, without H2's own ending. */
  public Path database() {
    return folder.resolve("piecrust");
  }

  /** Opens the H2 database, made where it is missing, for this user alone. */
  public Database openDatabase() {
    Database database = Stores.database(DatabaseConfig.h2(database()));
    close();
    return database;
  }

  /** The user's own prices of language models, if there are any. */
  public Optional<Path> prices() {
    return Optional.of(pricesFile()).filter(Files::exists);
  }

  /** Where the user's own prices of language models are, or would be. */
  public Path pricesFile() {
    return folder.resolve("prices.json");
  }

  /** Root of the artifact store. */
  public Path artifacts() {
    return folder.resolve("artifacts");
  }

  /** What lets this user's browser in; made at the first call. */
  public PageKey pageKey() {
    return PageKey.in(folder.resolve("pages.key"));
  }

  /** The full log; the console sees warnings alone. */
  public Path log() {
    return logs().resolve("piecrust.log");
  }

  private Path logs() {
    return folder.resolve("log");
  }

  /**
   * Tells the commands of the same user how to reach this process, which owns the home, until that
   * is closed.
   */
  public AutoCloseable announce(ServerAddress address) {
    serverFile().write(address);
    return serverFile()::delete;
  }

  /** Where the owner says how to reach it. */
  ServerFile serverFile() {
    return new ServerFile(folder.resolve("server.json"));
  }

  /** Takes the home for this process, until the lock is closed; empty where another has it. */
  public Optional<HomeLock> tryLock() {
    return HomeLock.tryTake(folder.resolve("lock"));
  }

  /**
   * How to reach the process that owns the home. A {@code server.json} that a killed process left
   * behind is recognised by the free lock.
   */
  public Optional<ServerAddress> owner() {
    Optional<ServerAddress> address = serverFile().read();
    if (address.isEmpty()) {
      return Optional.empty();
    }
    Optional<HomeLock> free = tryLock();
    free.ifPresent(HomeLock::close);
    return free.isPresent() ? Optional.empty() : address;
  }
}
