package dev.piecrust.ui;

import dev.piecrust.api.Redirects;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Leads those who ask for no page in particular to the campaigns. */
@Path("/")
public class HomePage {
  @PermitAll
  @GET
  public Response home() {
    return Redirects.to("/campaigns").build();
  }
}
