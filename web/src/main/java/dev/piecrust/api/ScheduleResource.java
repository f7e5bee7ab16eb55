package dev.piecrust.api;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.api.access.Caller;
import dev.piecrust.api.access.Roles;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.control.schedule.ScheduleView;
import dev.piecrust.control.schedule.ScheduleWish;
import dev.piecrust.control.schedule.Schedules;
import dev.piecrust.spec.SpecReader;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Schedules over HTTP, as {@link Schedules} offers them. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
public class ScheduleResource {
  private final Schedules schedules;
  private final Caller caller;

  public ScheduleResource(Schedules schedules, Caller caller) {
    this.schedules = schedules;
    this.caller = caller;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Operation(operationId = "listSchedules", summary = "Lists all schedules with their next times")
  public List<ScheduleView> list() {
    return schedules.list();
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Operation(
      operationId = "createSchedule",
      summary = "Makes a schedule, which starts a campaign of the spec at each of its times")
  public ScheduleView create(ScheduleRequest request) {
    if (request == null
        || request.spec() == null
        || request.folder() == null
        || request.cron() == null) {
      throw user(
          "the body is not complete, expected {\"spec\": TEXT, \"folder\": PATH, \"cron\": TEXT}");
    }
    CampaignSpec spec = SpecReader.parse(request.spec(), folder(request.folder()), "spec");
    return schedules.create(
        new ScheduleWish(
            Optional.ofNullable(request.name()).orElseGet(spec::name),
            spec,
            request.cron(),
            Optional.ofNullable(request.timezone()).orElse("UTC")));
  }

  private static java.nio.file.Path folder(String folder) {
    try {
      return java.nio.file.Path.of(folder);
    } catch (InvalidPathException e) {
      throw user("folder is '%s', expected the path of a folder", folder);
    }
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{name}")
  @Operation(
      operationId = "getSchedule",
      summary = "Tells a schedule's times and the campaigns that it started")
  public ScheduleView find(@PathParam("name") String name) {
    return known(name);
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @DELETE
  @Path("/{name}")
  @Operation(
      operationId = "deleteSchedule",
      summary = "Ends a schedule; the campaigns that it has started go on")
  public void delete(@PathParam("name") String name) {
    ScheduleView unused = known(name);
    schedules.delete(name);
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/{name}/pause")
  @Operation(
      operationId = "pauseSchedule",
      summary = "Lets a schedule start nothing until it is resumed")
  public ScheduleView pause(@PathParam("name") String name, CommandRequest request) {
    ScheduleView unused = known(name);
    schedules.pause(name, who(request));
    return known(name);
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/{name}/resume")
  @Operation(operationId = "resumeSchedule", summary = "Lets a paused schedule go on")
  public ScheduleView resume(@PathParam("name") String name, CommandRequest request) {
    ScheduleView unused = known(name);
    schedules.resume(name, who(request));
    return known(name);
  }

  private String who(CommandRequest request) {
    if (request == null) {
      throw user("the request is not complete, expected {\"who\": NAME}");
    }
    return caller.name(request.who());
  }

  private ScheduleView known(String name) {
    return schedules
        .find(name)
        .orElseThrow(() -> new NotThere(String.valueOf(Schedules.unknown(name).getMessage())));
  }
}
