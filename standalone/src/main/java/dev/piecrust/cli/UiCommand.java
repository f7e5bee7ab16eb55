package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.cluster.Installation;
import dev.piecrust.embedded.ServerAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows the way to the pages. */
@Command(
    name = "ui",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the address of the pages, which lets this user's browser in.",
      "Where no PieCrust of this home runs, it starts one, as 'serve' does, until Ctrl-C."
    })
final class UiCommand implements Callable<Integer> {
  private final Session session;

  UiCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Optional<ServerAddress> owner = session.otherOwner();
    if (owner.isPresent()) {
      String pages = "http://127.0.0.1:%d/".formatted(owner.get().port());
      session.terminal().out().println(session.home().pageKey().entrance(pages));
      return ExitStatus.DONE.code();
    }
    if (Installation.ofThisProcess().isPresent()) {
      throw user(
          "no 'serve' of this user runs here, expected one; an installation's pages are where its"
              + " 'serve' listens");
    }
    return new ServeCommand(session).call();
  }
}
