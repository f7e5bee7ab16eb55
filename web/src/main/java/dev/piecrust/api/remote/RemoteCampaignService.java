package dev.piecrust.api.remote;

import static dev.piecrust.api.remote.RemoteServer.encoded;
import static dev.piecrust.api.remote.RemoteServer.read;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.piecrust.api.BudgetRequest;
import dev.piecrust.api.CommandRequest;
import dev.piecrust.api.SubmitRequest;
import dev.piecrust.api.SubmitResponse;
import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.PinnedSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.report.ExportFolder;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.spec.SpecDocument;
import dev.piecrust.store.ledger.Spend;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.CampaignLists;
import dev.piecrust.view.compare.Comparing;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks a running PieCrust over its REST API. */
public final class RemoteCampaignService implements CampaignService {
  private static final String CAMPAIGNS = "api/v1/campaigns";
  private static final String PINS = "api/v1/specs/pin";
  private static final String OVERVIEW = "api/v1/overview";
  private static final String COMPARE = "api/v1/compare";

  /** As many as the server gives at once. */
  private static final int PAGE = 200;

  private final RemoteServer server;

  public RemoteCampaignService(RemoteServer server) {
    this.server = server;
  }

  @Override
  public PinnedSpec pin(CampaignSpec spec) {
    byte[] answer = server.post(PINS, Map.of("spec", SpecDocument.write(spec)));
    return read(answer, new TypeReference<PinResponse>() {}).applyTo(spec);
  }

  @Override
  public String submit(CampaignSpec spec, boolean fresh) {
    String text = SpecDocument.write(spec);
    byte[] answer = server.post(CAMPAIGNS, new SubmitRequest(text, "/", fresh));
    return read(answer, new TypeReference<SubmitResponse>() {}).id();
  }

  @Override
  public List<CampaignStatus> list() {
    return read(required(CAMPAIGNS, ""), new TypeReference<>() {});
  }

  @Override
  public List<CampaignCard> cards() {
    List<CampaignCard> all = new ArrayList<>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      String page = OVERVIEW + "?limit=" + PAGE + "&after=" + encoded(after.get());
      CampaignLists.Found found = read(required(page, ""), new TypeReference<>() {});
      all.addAll(found.campaigns());
      after = found.next();
    }
    return all;
  }

  @Override
  public Comparing compare(List<String> ids) {
    String asked =
        ids.stream()
            .distinct()
            .map(id -> "campaign=" + encoded(id))
            .collect(Collectors.joining("&"));
    return read(
        required(COMPARE + "?" + asked, String.join("', '", ids)), new TypeReference<>() {});
  }

  @Override
  public Optional<CampaignStatus> find(String id) {
    return server.get(path(id, "")).map(json -> read(json, new TypeReference<>() {}));
  }

  @Override
  public List<CampaignEvent> events(String id) {
    return read(required(path(id, "/events"), id), new TypeReference<>() {});
  }

  @Override
  public void pause(String id, String who) {
    command(id, "/pause", new CommandRequest(who));
  }

  @Override
  public void resume(String id, String who) {
    command(id, "/resume", new CommandRequest(who));
  }

  @Override
  public void finish(String id, String who) {
    command(id, "/finish", new CommandRequest(who));
  }

  @Override
  public void retry(String id, String who) {
    command(id, "/retry", new CommandRequest(who));
  }

  @Override
  public void cancel(String id, String who) {
    command(id, "/cancel", new CommandRequest(who));
  }

  @Override
  public void raiseBudget(String id, BigDecimal usd, String who) {
    command(id, "/budget", new BudgetRequest(usd.toPlainString(), who));
  }

  @Override
  public Spend spend(String id) {
    return read(required(path(id, "/spend"), id), new TypeReference<>() {});
  }

  @Override
  public ResultTable table(String id) {
    return read(required(path(id, "/results"), id), new TypeReference<>() {});
  }

  @Override
  public void export(String id, ExportFormat format, Path folder) {
    String path = path(id, "/export?format=" + format.label());
    try (InputStream zip = server.open(path).orElseThrow(() -> CampaignService.unknown(id))) {
      ExportFolder.unpack(zip, folder);
    } catch (IOException e) {
      throw PieCrustException.external("the export could not be read to its end: " + e, e);
    }
  }

  private void command(String id, String rest, Object request) {
    status(id);
    server.post(path(id, rest), request);
  }

  private byte[] required(String path, String id) {
    return server.get(path).orElseThrow(() -> CampaignService.unknown(id));
  }

  private static String path(String id, String rest) {
    return CAMPAIGNS + "/" + encoded(id) + rest;
  }
}
