package dev.piecrust.ui;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.api.access.Roles;
import dev.piecrust.api.remote.PinResponse;
import dev.piecrust.control.CampaignEstimator;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.input.Quote;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Specs that are being written. Nothing here starts anything. */
@Path("/api/v1/specs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
public class SpecResource {
  private final SpecChecker desk;
  private final CampaignEstimator estimator;

  public SpecResource(SpecChecker desk, CampaignEstimator estimator) {
    this.desk = desk;
    this.estimator = estimator;
  }

  /** A spec's text, in YAML, with absolute paths. */
  @Schema(requiredProperties = "spec")
  public record Draft(@Nullable String spec) {

    private static String text(@Nullable String spec) {
      if (spec == null) {
        throw user("the body has no spec, expected {\"spec\": TEXT}");
      }
      return spec;
    }
  }

  /** A change of one value; no value takes it away. */
  @Schema(requiredProperties = {"spec", "path"})
  public record Change(@Nullable String spec, @Nullable String path, @Nullable Object value) {}

  /** What is wrong with a spec, and the values of the form. */
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/check")
  @Operation(operationId = "checkSpec", summary = "Tells what is wrong with a spec")
  public SpecCheck check(@Nullable Draft draft) {
    return desk.check(text(draft));
  }

  /** The spec with one value changed, checked as well. */
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/change")
  @Operation(operationId = "changeSpec", summary = "Changes one value of a spec")
  public SpecCheck change(@Nullable Change change) {
    if (change == null || change.path() == null) {
      throw user("the body has no path, expected {\"spec\": TEXT, \"path\": …, \"value\": …}");
    }
    if (!SpecChecker.CHANGEABLE.contains(change.path())) {
      throw user(
          "path is '%s', expected one of %s",
          Quote.of(change.path()), String.join(", ", SpecChecker.CHANGEABLE));
    }
    return desk.change(
        Draft.text(change.spec()), change.path(), Optional.ofNullable(change.value()));
  }

  /** Calls, tokens, USD, time and memory: low, expected and high. */
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/estimate")
  @Operation(
      operationId = "estimateSpec",
      summary = "Estimates what a campaign takes; starts nothing")
  public CampaignEstimate estimate(@Nullable Draft draft) {
    return estimator.estimate(desk.pinned(text(draft)).spec());
  }

  /** The commits of the hub, and the folder of a trained transcoder, that a spec means now. */
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/pin")
  @Operation(
      operationId = "pinSpec",
      summary = "Tells the commits of the hub that a spec means now")
  public PinResponse pin(@Nullable Draft draft) {
    return desk.pins(text(draft));
  }

  private static String text(@Nullable Draft draft) {
    return Draft.text(draft == null ? null : draft.spec());
  }
}
