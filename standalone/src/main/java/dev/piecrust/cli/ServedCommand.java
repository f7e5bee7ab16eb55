package dev.piecrust.cli;

import dev.piecrust.embedded.EmbeddedBeans;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A command run beside the server that it needs; both end together. */
@Singleton
@Unremovable
final class ServedCommand implements QuarkusApplication {
  private final EmbeddedBeans beans;

  @Inject
  ServedCommand(EmbeddedBeans beans) {
    this.beans = beans;
  }

  @Override
  public int run(String... args) {
    return CommandLines.execute(Session.withServer(beans, args), args);
  }
}
