package dev.piecrust.api.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.piecrust.api.CommandRequest;
import dev.piecrust.api.ScheduleRequest;
import dev.piecrust.control.schedule.ScheduleView;
import dev.piecrust.control.schedule.ScheduleWish;
import dev.piecrust.control.schedule.Schedules;
import dev.piecrust.spec.SpecDocument;
import java.util.List;
import java.util.Optional;

/** Asks a running PieCrust for its schedules over its REST API. */
public final class RemoteSchedules implements Schedules {
  private static final String SCHEDULES = "api/v1/schedules";

  private final RemoteServer server;

  public RemoteSchedules(RemoteServer server) {
    this.server = server;
  }

  @Override
  public ScheduleView create(ScheduleWish wish) {
    ScheduleRequest request =
        new ScheduleRequest(
            SpecDocument.write(wish.spec()), "/", wish.cron(), wish.timezone(), wish.name());
    return RemoteServer.read(server.post(SCHEDULES, request), new TypeReference<>() {});
  }

  @Override
  public List<ScheduleView> list() {
    return RemoteServer.read(server.get(SCHEDULES).orElseThrow(), new TypeReference<>() {});
  }

  @Override
  public Optional<ScheduleView> find(String name) {
    return server
        .get(path(name))
        .map(json -> RemoteServer.read(json, new TypeReference<ScheduleView>() {}));
  }

  @Override
  public void delete(String name) {
    require(name);
    server.delete(path(name));
  }

  @Override
  public void pause(String name, String who) {
    require(name);
    server.post(path(name) + "/pause", new CommandRequest(who));
  }

  @Override
  public void resume(String name, String who) {
    require(name);
    server.post(path(name) + "/resume", new CommandRequest(who));
  }

  private void require(String name) {
    ScheduleView unused = find(name).orElseThrow(() -> Schedules.unknown(name));
  }

  private static String path(String name) {
    return SCHEDULES + "/" + RemoteServer.encoded(name);
  }
}
