package dev.piecrust.cli;

import dev.piecrust.serve.ServedBeans;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A command run beside the server that it needs; both end together. */
@Singleton
@Unremovable
final class ServedCommand implements QuarkusApplication {
  private final ServedBeans beans;

  @Inject
  ServedCommand(ServedBeans beans) {
    this.beans = beans;
  }

  @Override
  public int run(String... args) {
    try {
      return CommandLines.execute(Session.withServer(beans, args), args);
    } finally {
      beans.commandEnded();
    }
  }
}
