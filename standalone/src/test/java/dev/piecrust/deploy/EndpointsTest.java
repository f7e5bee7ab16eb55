package dev.piecrust.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Ports and paths are the program's own, everywhere. */
final class EndpointsTest {
  /** Its collectors listen there, for gRPC and for HTTP. */
  private static final List<String> OPENTELEMETRY = List.of("4317", "4318");

  private static final String PLANTED =
      """
      kind: Deployment
      metadata: {name: a}
      spec:
        template:
          metadata:
            annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9090", prometheus.io/path: /metrics}
          spec:
            containers:
              - name: a
                image: piecrust
                args: [serve, --port, "80"]
                ports: [{name: http, containerPort: 80}]
                livenessProbe: {httpGet: {path: /healthz, port: http}}
      """;

  @Test
  void probesAndPortsAreTheProgramsOwn() {
    for (Manifests.Manifest workload : Manifests.workloads()) {
      assertThat(Manifests.containers(workload).stream().filter(Container::ours))
          .allSatisfy(c -> assertThat(Endpoints.problems(workload, c)).isEmpty());
    }
    Manifests.Manifest planted =
        Manifests.manifest(DeployFolder.ROOT, DeployFolder.documents(PLANTED).get(0));
    assertThat(Endpoints.problems(planted, Manifests.containers(planted).get(0))).hasSize(5);
  }

  @Test
  void everyProcessThatStaysIsProbed() {
    List<Container> staying =
        Manifests.containers().stream()
            .filter(Container::ours)
            .filter(container -> !container.arguments().contains("admin"))
            .toList();
    assertThat(staying)
        .hasSize(3)
        .allMatch(c -> c.node().has("livenessProbe") && c.node().has("readinessProbe"));
  }

  @Test
  void imagesAreAskedForTheirHealth() {
    for (String file : Images.OURS.values()) {
      assertThat(Endpoints.ofImage(DeployFolder.text(file))).isEmpty();
    }
    assertThat(Endpoints.ofImage("EXPOSE 80\nHEALTHCHECK CMD curl http://127.0.0.1:80/up\n"))
        .hasSize(4);
  }

  @Test
  void composeAndPrometheusUseTheSamePort() {
    for (Container container : ComposeFile.containers()) {
      if (container.ours()) {
        assertThat(container.node().at("/environment/QUARKUS_MANAGEMENT_PORT").asText())
            .isEqualTo(Endpoints.management());
      }
    }
    assertThat(DeployFolder.document("monitoring/prometheus.yaml").path("scrape_configs"))
        .allSatisfy(
            job -> {
              assertThat(Endpoints.PATHS).contains(job.path("metrics_path").asText());
              assertThat(job.at("/dns_sd_configs/0/port").asText())
                  .isEqualTo(Endpoints.management());
            });
  }

  @Test
  void composeOffersTheApiWhereItIs() {
    JsonNode serve = ComposeFile.read().at("/services/serve");
    assertThat(DeployFolder.texts(serve.path("command")))
        .containsSequence("--port", Endpoints.api());
    assertThat(serve.at("/ports/0").asText()).endsWith(":" + Endpoints.api());
  }

  @Test
  void networkPoliciesOpenThePortsInUseAndNoOthers() {
    Set<String> expected = new TreeSet<>(Endpoints.servicePorts());
    expected.add(Endpoints.api());
    expected.add(Endpoints.management());
    expected.addAll(OPENTELEMETRY);
    Set<String> open = new TreeSet<>();
    for (Manifests.Manifest manifest : Manifests.all()) {
      if (manifest.kind().equals("NetworkPolicy")) {
        for (JsonNode ports : manifest.node().findValues("ports")) {
          ports.forEach(port -> open.add(port.path("port").asText()));
        }
      }
    }
    assertThat(open).isEqualTo(expected);
  }

  @Test
  void everythingIsClosedThatNoPolicyOpens() {
    assertThat(Manifests.all())
        .filteredOn(manifest -> manifest.kind().equals("NetworkPolicy"))
        .anySatisfy(
            policy -> {
              assertThat(policy.node().at("/spec/podSelector")).isEmpty();
              assertThat(DeployFolder.texts(policy.node().at("/spec/policyTypes")))
                  .containsExactly("Ingress", "Egress");
              assertThat(policy.node().at("/spec/egress").isMissingNode()).isTrue();
            });
  }
}
