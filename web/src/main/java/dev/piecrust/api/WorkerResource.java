package dev.piecrust.api;

import dev.piecrust.api.access.Roles;
import dev.piecrust.view.WorkerViews;
import dev.piecrust.view.WorkersView;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The processes of the installation and their queues. */
@Path("/api/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class WorkerResource {
  private final WorkerViews workers;

  public WorkerResource(WorkerViews workers) {
    this.workers = workers;
  }

  /** Who works at the moment, and what waits. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Operation(operationId = "getWorkers", summary = "Tells who works at the moment, and what waits")
  public WorkersView now() {
    return workers.now();
  }
}
