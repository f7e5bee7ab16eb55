package dev.piecrust.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where language models may be asked, and with which keys. */
final class LlmAccessTest {
  private static final LlmAccess ALONE = LlmAccess.of(Map.of());
  private static final LlmAccess SHARED =
      LlmAccess.of(Map.of("PIECRUST_OIDC_ISSUER", "https://issuer.example"));

  @Test
  void takesKeysFromTheProvidersOwnVariablesAlone() {
    assertThat(ALONE.keyRefusal("OPENAI_API_KEY")).isEmpty();
    assertThat(ALONE.keyRefusal("HF_TOKEN")).isPresent();
    assertThat(ALONE.keyRefusal("openai_api_key")).isPresent();
    LlmAccess own = LlmAccess.of(Map.of("PIECRUST_API_KEY_NAMES", "LAB_KEY, OTHER_KEY"));
    assertThat(own.keyRefusal("OTHER_KEY")).isEmpty();
    assertThat(own.keyRefusal("OPENAI_API_KEY"))
        .contains(
            "is not a variable that may hold a language model's key, expected one of LAB_KEY,"
                + " OTHER_KEY (PIECRUST_API_KEY_NAMES names others)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/v1",
        "http://169.254.1.1/v1",
        "http://[fe80::1]/v1",
        "http://[fe80::1%25eth0]/v1",
        "http://[febf::1]/v1",
        "http://[fd00:ec2::254]/v1",
        "http://[FD00:0EC2:0::0254]/v1",
        "http://[::ffff:169.254.169.254]/v1",
        "http://[::ffff:a9fe:a9fe]/v1",
        "http://[::a9fe:a9fe]/v1",
        "http://[64:ff9b::a9fe:a9fe]/v1",
        "http://[2002:a9fe:a9fe::1]/v1",
        "http://100.100.100.200/v1",
        "http://168.63.129.16/v1",
        "http://metadata.google.internal/v1",
        "http://METADATA.google.internal./v1",
        "http://224.0.0.1/v1"
      })
  void asksNoCloudForItsCredentials(String address) {
    assertThat(ALONE.refusal(URI.create(address)).orElseThrow())
        .endsWith(
            "which is a link-local address or a cloud's own, expected the address of a language"
                + " model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2852039166", "0xA9FEA9FE", "0251.0376.0251.0376", "169.254.43518", "0xa9.254.169.254",
        "127.1", "0", "017700000001", "010.0.0.1", "127.0.0.1."
      })
  void takesNoAddressInAnUnusualForm(String host) {
    assertThat(ALONE.refusal(URI.create("http://" + host + "/v1")).orElse(""))
        .endsWith("expected a name, or an address such as 10.0.0.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8000/v1",
        "http://127.8.9.10/v1",
        "http://localhost:11434/v1",
        "http://LOCALHOST./v1",
        "http://llm.localhost/v1",
        "http://[::1]:8000/v1",
        "http://[::ffff:127.0.0.1]/v1",
        "http://[::ffff:7f00:1]/v1",
        "http://0.0.0.0:8000/v1",
        "http://[::]/v1",
        "http://[64:ff9b::7f00:1]/v1"
      })
  void asksItsOwnMachineForItsOneUserOnly(String address) {
    assertThat(ALONE.refusal(URI.create(address))).isEmpty();
    assertThat(SHARED.refusal(URI.create(address)).orElseThrow())
        .endsWith(
            "which is the server itself, expected another machine, or one that PIECRUST_LLM_HOSTS"
                + " allows by name");
  }

  @ParameterizedTest
  @CsvSource({
    "PIECRUST_DATABASE_URL, jdbc:postgresql://db/p, true",
    "PIECRUST_OIDC_ISSUER, https://issuer.example, true",
    "QUARKUS_HTTP_HOST, 0.0.0.0, true",
    "QUARKUS_HTTP_HOST, 10.0.0.7, true",
    "QUARKUS_HTTP_HOST, 127.0.0.1, false",
    "QUARKUS_HTTP_HOST, localhost, false",
    "PIECRUST_OIDC_ISSUER, '', false",
    "PIECRUST_API_TOKEN, a token of sixteen, false"
  })
  void isSharedWhereOthersAreLetIn(String variable, String value, boolean shared) {
    assertThat(LlmAccess.of(Map.of(variable, value)).shared()).isEqualTo(shared);
  }

  @ParameterizedTest
  @CsvSource({
    "https://llm.example/v1, true",
    "https://LLM.example./v1, true",
    "https://llm.example:444/v1, true",
    "https://other.example/v1, false",
    "https://evil-llm.example/v1, false",
    "https://gpu.lab.example:8000/v1, true",
    "https://gpu.lab.example/v1, false",
    "https://lab.example:8000/v1, false",
    "http://127.0.0.1:9000/v1, true",
    "http://127.0.0.1:9001/v1, false",
    "http://[0:0:0:0:0:0:0:1]:80/v1, true",
    "http://169.254.7.7/v1, true",
    "https://api.openai.com/v1, false"
  })
  void asksListedHostsAlone(String address, boolean allowed) {
    LlmAccess listed =
        LlmAccess.of(
            Map.of(
                "PIECRUST_OIDC_ISSUER",
                "https://issuer.example",
                "PIECRUST_LLM_HOSTS",
                "llm.example, *.lab.example:8000,127.0.0.1:9000,::1,169.254.7.7"));
    assertThat(listed.refusal(URI.create(address)).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void looksWhereANameLeads() throws UnknownHostException {
    URI address = URI.create("http://llm.example/v1");
    List<InetAddress> cloud = addresses("10.0.0.1", "169.254.169.254");
    List<InetAddress> here = addresses("127.0.0.1");
    assertThat(ALONE.refusal(address, addresses("10.0.0.1"))).isEmpty();
    assertThat(ALONE.refusal(address, cloud))
        .contains(
            "has the host llm.example, which leads to 169.254.169.254, a link-local address or a"
                + " cloud's own, expected the address of a language model");
    assertThat(ALONE.refusal(address, here)).isEmpty();
    assertThat(SHARED.refusal(address, here)).isPresent();
    LlmAccess named =
        LlmAccess.of(
            Map.of(
                "PIECRUST_OIDC_ISSUER", "https://i.example", "PIECRUST_LLM_HOSTS", "llm.example"));
    assertThat(named.refusal(address, here)).isEmpty();
    assertThat(named.refusal(address, cloud)).isPresent();
    LlmAccess below =
        LlmAccess.of(
            Map.of("PIECRUST_OIDC_ISSUER", "https://i.example", "PIECRUST_LLM_HOSTS", "*.example"));
    assertThat(below.refusal(address, here)).isPresent();
  }

  @Test
  void looksUpNamesWhereTheCallIsMade() {
    assertThat(SHARED.refusalNow(URI.create("http://localhost:9/v1"))).isPresent();
    assertThat(ALONE.refusalNow(URI.create("http://no-such-host.invalid/v1"))).isEmpty();
  }

  @Test
  void refusesVariablesThatAreNoLists() {
    assertThatThrownBy(() -> LlmAccess.of(Map.of("PIECRUST_LLM_HOSTS", "https://llm.example")))
        .hasMessage(
            "PIECRUST_LLM_HOSTS has 'https://llm.example', expected hosts with commas between, such"
                + " as llm.example,*.lab.example:8000");
    assertThatThrownBy(() -> LlmAccess.of(Map.of("PIECRUST_API_KEY_NAMES", "sk-123")))
        .hasMessageContaining(
            "PIECRUST_API_KEY_NAMES: item 1 is no name of a variable, expected names")
        .hasMessageNotContaining("sk-123");
    assertThat(Optional.of(SHARED.hosts())).contains(List.of());
  }

  private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
    InetAddress[] found = new InetAddress[texts.length];
    for (int i = 0; i < texts.length; i++) {
      found[i] = InetAddress.getByName(texts[i]);
    }
    return List.of(found);
  }
}
