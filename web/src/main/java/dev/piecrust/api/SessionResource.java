package dev.piecrust.api;

import dev.piecrust.api.access.Roles;
import dev.piecrust.report.file.BuildVersion;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who asks, and what answers. */
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  private final SecurityIdentity identity;

  public SessionResource(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** A caller's name and roles, and the program's version. */
  public record Session(String name, List<String> roles, String version) {
    public Session {
      roles = List.copyOf(roles);
    }
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Operation(
      operationId = "getSession",
      summary = "Tells who asks, with which roles, and what version answers")
  public Session session() {
    return new Session(
        identity.getPrincipal().getName(),
        identity.getRoles().stream().sorted().toList(),
        BuildVersion.read());
  }
}
