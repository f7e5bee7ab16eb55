package dev.piecrust.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.ledger.Campaigns;
import dev.piecrust.price.ModelLife;
import dev.piecrust.probe.Probe.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of an endpoint before anything is spent there. */
class ProbesTest {
  private static final String LIST =
      """
      {"data": [{"id": "other"},
                {"id": "gpt-5.4", "shutdown_date": "2027-01-31T00:00:00Z"}]}
      """;

  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final AtomicLong seconds = new AtomicLong();
  private HttpServer server;
  private int status = 200;
  private String body = LIST;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/models", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void knowsKeyAndModelAndTheDayOfItsShutdown() {
    Probe probe = probes("sk-right").of(keyed());
    assertThat(probe.outcome()).isEqualTo(Outcome.GOOD);
    assertThat(probe.shutdown()).contains(LocalDate.of(2027, 1, 31));
    assertThat(probe.isTrouble()).isFalse();
    assertThat(probe.sentence())
        .isEqualTo(
            "openai gpt-5.4 at "
                + url()
                + " answers, and knows the model, which it shuts down on"
                + " 2027-01-31");
    assertThat(keys).containsExactly("Bearer sk-right");
  }

  @Test
  void asksOnceAMinute() {
    Probes probes = probes("sk-right");
    probes.of(keyed());
    seconds.set(59);
    probes.of(keyed());
    assertThat(keys).hasSize(1);
    seconds.set(61);
    probes.of(keyed());
    assertThat(keys).hasSize(2);
  }

  @Test
  void namesTheModelsWhereItsOwnIsNotAmongThem() {
    body = "{\"data\": [{\"id\": \"other\"}, {\"id\": \"models/another\"}]}";
    assertThat(probes("sk-right").of(keyed()))
        .isEqualTo(
            Probe.of(
                Outcome.WRONG,
                "openai gpt-5.4 at "
                    + url()
                    + " does not list the model, expected one of other,"
                    + " models/another"));
  }

  @Test
  void tellsAWrongKeyByTheNameOfItsVariableAlone() {
    status = 401;
    body = "{\"error\": {\"message\": \"bad key sk-wrong-0123456789\"}}";
    Probe probe = probes("sk-wrong-0123456789").of(keyed());
    assertThat(probe.outcome()).isEqualTo(Outcome.WRONG);
    assertThat(probe.sentence())
        .contains("openai gpt-5.4 at " + url(), "(401)", "the key is that in OPENAI_API_KEY")
        .doesNotContain("sk-wrong");
  }

  @Test
  void readsTheDayOfAShutdownAsOpenRouterCallsIt() {
    body = "{\"data\": [{\"id\": \"gpt-5.4\", \"expiration_date\": \"2026-12-24\"}]}";
    LocalDate christmas = LocalDate.of(2026, 12, 24);
    Optional<LocalDate> day = probes("sk-right").shutDown(keyed());
    assertThat(day).contains(christmas);
    assertThat(ModelLife.shipped().warning("openrouter", "x/y", LocalDate.of(2026, 11, 28), day))
        .contains("openrouter's x/y will be shut down on 2026-12-24; choose another model");
    body = "{\"data\": [{\"id\": \"gpt-5.4\", \"expiration_date\": null}]}";
    assertThat(probes("sk-right").of(keyed()).shutdown()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 501})
  void leavesItToTheFirstCallWhereThereIsNoList(int code) {
    status = code;
    assertThat(probes("sk-right").of(keyed()).outcome()).isEqualTo(Outcome.UNSAID);
    status = 200;
    body = "<html>hello</html>";
    assertThat(probes("sk-right").of(keyed()).outcome()).isEqualTo(Outcome.UNSAID);
  }

  @Test
  void tellsAnEndpointThatIsAwayFromOneThatIsWrong() {
    server.stop(0);
    Probe nothing = probes("sk-right").of(keyed());
    assertThat(nothing.outcome()).isEqualTo(Outcome.AWAY);
    assertThat(nothing.isTrouble()).isTrue();
    assertThat(nothing.sentence()).contains("cannot be reached", "and then wait for it");
  }

  @Test
  void waitsForOneThatHasTrouble() {
    status = 503;
    assertThat(probes("sk-right").of(keyed()).outcome()).isEqualTo(Outcome.AWAY);
  }

  @Test
  void asksNothingWithoutTheKey() {
    Probe probe = probes("").of(keyed());
    assertThat(probe.outcome()).isEqualTo(Outcome.UNASKED);
    assertThat(probe.sentence()).contains("OPENAI_API_KEY is not set here");
    assertThat(keys).isEmpty();
  }

  private Probes probes(String key) {
    return new Probes(
        name -> Optional.of(key).filter(value -> !value.isEmpty()),
        LlmAccess.of(Map.of()),
        () -> seconds.get() * 1_000_000_000);
  }

  private String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  private LlmSpec keyed() {
    return Campaigns.keyed(Campaigns.openAi(Optional.of(url())), "OPENAI_API_KEY");
  }
}
