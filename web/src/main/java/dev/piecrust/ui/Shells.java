package dev.piecrust.ui;

import dev.piecrust.api.access.Roles;
import dev.piecrust.control.ProgramKind;
import dev.piecrust.report.file.BuildVersion;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Makes the frame of a page for whoever asks. */
@Singleton
public class Shells {
  private final SecurityIdentity identity;
  private final Instance<ProgramKind> program;
  private final Assets assets;

  /**
   * @param program known once this process serves campaigns, which is after it has begun to listen
   */
  public Shells(SecurityIdentity identity, Instance<ProgramKind> program, Assets assets) {
    this.identity = identity;
    this.program = program;
    this.assets = assets;
  }

  /** The frame of a page that belongs to a place, such as {@code campaigns}. */
  public Shell at(String place) {
    boolean admin = identity.hasRole(Roles.ADMIN);
    return new Shell(
        place,
        where(),
        identity.getPrincipal().getName(),
        admin || identity.hasRole(Roles.OPERATOR),
        admin,
        !identity.isAnonymous(),
        assets);
  }

  /** The frame of a page for a stranger. */
  Shell outside() {
    return new Shell("outside", where(), "", false, false, false, assets);
  }

  private String where() {
    return program.get().words() + " · v" + BuildVersion.read();
  }
}
