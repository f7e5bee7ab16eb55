package dev.piecrust.ui.live;

import dev.piecrust.api.access.Roles;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.file.BuildVersion;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Changes as they happen, as server-sent events. */
@Path("/api/v1/stream")
public class LiveResource {
  private static final String HELLO = Json.write(Map.of("version", BuildVersion.read()));

  private final LiveHub hub;
  private final Sse events;

  public LiveResource(LiveHub hub, Sse events) {
    this.hub = hub;
    this.events = events;
  }

  /**
   * First {@code hello} with the program's version; then {@code changed} with the ids of campaigns
   * that have ({@code *} for the list of them), and {@code still} where nothing happens.
   */
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema =
                  @Schema(
                      type = SchemaType.OBJECT,
                      requiredProperties = {"event", "data"},
                      properties = {
                        @SchemaProperty(
                            name = "event",
                            type = SchemaType.STRING,
                            enumeration = {"hello", "changed", "still"}),
                        @SchemaProperty(name = "data", type = SchemaType.STRING)
                      })))
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "streamChanges",
      summary = "Tells which campaigns have changed, as it happens")
  public Multi<OutboundSseEvent> stream() {
    OutboundSseEvent hello = event("hello", HELLO);
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().item(hello), hub.listen().map(this::event));
  }

  private OutboundSseEvent event(LiveNews news) {
    return event(news.name(), news.data());
  }

  private OutboundSseEvent event(String name, String data) {
    return events.newEventBuilder().name(name).data(data).build();
  }
}
