package dev.piecrust.store.database;

import static java.util.Objects.requireNonNull;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.api.resource.LoadableResource;

/** A script under {@code db/migration}, from this program's own archive. */
final class MigrationScript extends LoadableResource {
  private static final String FOLDER = "db/migration/";

  private final String name;

  MigrationScript(String name) {
    this.name = name;
  }

  @Override
  public Reader read() {
    return new InputStreamReader(
        requireNonNull(
            MigrationScript.class.getClassLoader().getResourceAsStream(FOLDER + name), name),
        StandardCharsets.UTF_8);
  }

  @Override
  public String getAbsolutePath() {
    return FOLDER + name;
  }

  @Override
  public String getAbsolutePathOnDisk() {
    return FOLDER + name;
  }

  @Override
  public String getFilename() {
    return name;
  }

  @Override
  public String getRelativePath() {
    return name;
  }
}
