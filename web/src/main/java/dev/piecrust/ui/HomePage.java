package dev.piecrust.ui;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Leads those who ask for no page in particular to the campaigns. */
@Path("/")
public class HomePage {
  @PermitAll
  @GET
  public Response home() {
    return Response.seeOther(URI.create("/campaigns")).build();
  }
}
