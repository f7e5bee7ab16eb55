package dev.piecrust.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.piecrust.llm.LlmProvider;
import dev.piecrust.llm.LlmRequest;
import io.temporal.activity.ActivityInterface;
import io.temporal.workflow.WorkflowInterface;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.UUID;

/** Holds the arrows of docs/architecture.md §1: who may know whom. */
@AnalyzeClasses(
    packages = "dev.piecrust",
    importOptions = {ImportOption.DoNotIncludeTests.class})
final class ArrowsTest {
  private static final String[] WORKER_GPU = {
    "dev.piecrust.tensor..",
    "dev.piecrust.model..",
    "dev.piecrust.chat..",
    "dev.piecrust.transcoder..",
    "dev.piecrust.prune..",
    "dev.piecrust.task..",
    "dev.piecrust.evidence..",
    "dev.piecrust.train..",
    "dev.piecrust.gpu.."
  };
  private static final String[] WORKER_LLM = {
    "dev.piecrust.llm..",
    "dev.piecrust.lexical..",
    "dev.piecrust.ledger..",
    "dev.piecrust.limit..",
    "dev.piecrust.batch..",
    "dev.piecrust.probe..",
    "dev.piecrust.ask..",
    "dev.piecrust.explain..",
    "dev.piecrust.fade..",
    "dev.piecrust.worker.."
  };

  @ArchTest
  static final ArchRule MODULES_KNOW_ONLY_THOSE_BELOW =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("activities")
          .definedBy(
              "dev.piecrust.activity..",
              "dev.piecrust.address..",
              "dev.piecrust.campaign..",
              "dev.piecrust.estimate..",
              "dev.piecrust.exchange..",
              "dev.piecrust.failure..",
              "dev.piecrust.feature..",
              "dev.piecrust.http..",
              "dev.piecrust.input..",
              "dev.piecrust.metric..",
              "dev.piecrust.price..",
              "dev.piecrust.spec..",
              "dev.piecrust.text..")
          .layer("store")
          .definedBy("dev.piecrust.store..", "dev.piecrust.artifact..")
          .layer("hub")
          .definedBy("dev.piecrust.hub..")
          .layer("workflows")
          .definedBy("dev.piecrust.workflow..")
          .layer("worker-gpu")
          .definedBy(WORKER_GPU)
          .layer("worker-llm")
          .definedBy(WORKER_LLM)
          .layer("results")
          .definedBy("dev.piecrust.report..", "dev.piecrust.view..")
          .layer("web")
          .definedBy("dev.piecrust.control..", "dev.piecrust.ui..", "dev.piecrust.api..")
          .layer("bench")
          .definedBy("dev.piecrust.bench..")
          .layer("standalone")
          .definedBy(
              "dev.piecrust.admin..",
              "dev.piecrust.cli..",
              "dev.piecrust.cluster..",
              "dev.piecrust.embedded..",
              "dev.piecrust.observe..",
              "dev.piecrust.reference..",
              "dev.piecrust.serve..",
              "dev.piecrust.workers..")
          .whereLayer("standalone")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("bench")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers("bench", "standalone")
          .whereLayer("results")
          .mayOnlyBeAccessedByLayers("web", "bench", "standalone")
          .whereLayer("workflows")
          .mayOnlyBeAccessedByLayers("web", "bench", "standalone")
          .whereLayer("hub")
          .mayOnlyBeAccessedByLayers("worker-gpu", "web", "bench", "standalone")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers(
              "worker-gpu", "worker-llm", "results", "web", "bench", "standalone")
          .whereLayer("worker-gpu")
          .mayOnlyBeAccessedByLayers("bench", "standalone")
          .whereLayer("worker-llm")
          .mayOnlyBeAccessedByLayers("bench", "standalone");

  /**
   * An archive of a release goes without the benchmarks: these classes name them, once asked to.
   */
  @ArchTest
  static final ArchRule THE_PROGRAM_RUNS_WITHOUT_BENCHMARKS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.piecrust.bench..")
          .and()
          .haveNameNotMatching(".*\\.(BenchCommands\\$Present|SessionBenchHost(\\$.*)?)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.piecrust.bench..");

  @ArchTest
  static final ArchRule WORKFLOWS_ARE_DETERMINISTIC =
      noClasses()
          .that()
          .resideInAPackage("dev.piecrust.workflow..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..",
              "jakarta..",
              "org.hibernate..",
              "java.net..",
              "java.io..",
              "java.nio..",
              "java.util.concurrent..",
              "dev.piecrust.store..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              Clock.class,
              Instant.class,
              LocalDateTime.class,
              Random.class,
              UUID.class,
              System.class,
              Thread.class);

  @ArchTest
  static final ArchRule ONLY_THE_GPU_WORKER_KNOWS_THE_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackages(WORKER_GPU)
          .and()
          .resideOutsideOfPackage("dev.piecrust.bench..")
          .and()
          .doNotHaveFullyQualifiedName("dev.piecrust.cli.check.Checks")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule NUMERICS_KNOW_NO_TEMPORAL =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.piecrust.tensor..",
              "dev.piecrust.model..",
              "dev.piecrust.chat..",
              "dev.piecrust.transcoder..",
              "dev.piecrust.prune..",
              "dev.piecrust.task..",
              "dev.piecrust.train..",
              "dev.piecrust.bench.demo..",
              "dev.piecrust.evidence..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.temporal..");

  @ArchTest
  static final ArchRule TABLES_ARE_SEEN_BY_THE_STORE_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.piecrust.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.persistence..", "org.hibernate..");

  /** No reservation, no call. */
  @ArchTest
  static final ArchRule ONLY_THE_LEDGER_CALLS_A_PROVIDER =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.piecrust.ledger..")
          .should()
          .callMethod(LlmProvider.class, "ask", LlmRequest.class);

  @ArchTest
  static final ArchRule CONTRACTS_OF_ACTIVITIES_LIVE_IN_ONE_PACKAGE =
      classes()
          .that()
          .areAnnotatedWith(ActivityInterface.class)
          .should()
          .resideInAPackage("dev.piecrust.activity");

  @ArchTest
  static final ArchRule WORKFLOWS_LIVE_IN_THEIR_PACKAGES =
      classes()
          .that()
          .areAnnotatedWith(WorkflowInterface.class)
          .should()
          .resideInAPackage("dev.piecrust.workflow.*");

  @ArchTest
  static final ArchRule NUMERIC_PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching("dev.piecrust.(tensor|transcoder|prune|evidence|gpu)..")
          .should()
          .beFreeOfCycles();
}
