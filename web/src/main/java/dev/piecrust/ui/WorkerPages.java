package dev.piecrust.ui;

import dev.piecrust.api.access.Roles;
import dev.piecrust.view.WorkerViews;
import dev.piecrust.view.WorkersView;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The page about workers and queues. */
@Path("/workers")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class WorkerPages {
  private final Shells shells;
  private final WorkerViews workers;

  public WorkerPages(Shells shells, WorkerViews workers) {
    this.shells = shells;
    this.workers = workers;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  public TemplateInstance now() {
    WorkersView view = workers.now();
    return new WorkersPage(shells.at("workers"), view, new WorkersShow(view));
  }
}
