package dev.piecrust.admin;

import dev.piecrust.workers.Deployment;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.deployment.v1.RoutingConfig;
import io.temporal.api.deployment.v1.WorkerDeploymentInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkerDeploymentRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Optional;

/** The versions of the plans in a deployment, as the server knows them. */
public final class DeploymentVersions {
  private final WorkflowClient client;
  private final String deployment;

  /**
   * One version.
   *
   * @param state such as {@code CURRENT} (new campaigns begin on it), {@code DRAINING} (some that
   *     began on it run on) or {@code DRAINED} (its workers may go)
   */
  public record Version(String build, String state) {}

  /**
   * Where new campaigns begin.
   *
   * @param current the build id of the version that they begin on; absent where none is set, and
   *     they begin on workers that name no version
   * @param ramping the build id of a version on which a share of them begins
   * @param rampingPercent that share, 0 to 100
   */
  public record Routing(Optional<String> current, Optional<String> ramping, float rampingPercent) {
    static final Routing NONE = new Routing(Optional.empty(), Optional.empty(), 0);

    private static Routing of(RoutingConfig config) {
      return new Routing(
          Optional.of(config.getCurrentDeploymentVersion().getBuildId())
              .filter(build -> !build.isEmpty()),
          Optional.of(config.getRampingDeploymentVersion().getBuildId())
              .filter(build -> !build.isEmpty()),
          config.getRampingVersionPercentage());
    }
  }

  /**
   * @param deployment its name, as {@link Deployment#NAME} gives it to the workers
   */
  public DeploymentVersions(WorkflowClient client, String deployment) {
    this.client = client;
    this.deployment = deployment;
  }

  /** The deployment's name. */
  public String deployment() {
    return deployment;
  }

  /** All of them; none where no worker has named the deployment yet. */
  public List<Version> list() {
    return info().map(DeploymentVersions::versions).orElse(List.of());
  }

  /** Which of them new campaigns begin on. */
  public Routing routing() {
    return info().map(WorkerDeploymentInfo::getRoutingConfig).map(Routing::of).orElse(Routing.NONE);
  }

  private Optional<WorkerDeploymentInfo> info() {
    DescribeWorkerDeploymentRequest request =
        DescribeWorkerDeploymentRequest.newBuilder()
            .setNamespace(namespace())
            .setDeploymentName(deployment)
            .build();
    return TemporalAdmin.answered(
        () -> {
          try {
            return Optional.of(
                server().describeWorkerDeployment(request).getWorkerDeploymentInfo());
          } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private static List<Version> versions(WorkerDeploymentInfo info) {
    return info.getVersionSummariesList().stream()
        .map(
            version ->
                new Version(
                    version.getDeploymentVersion().getBuildId(),
                    version.getStatus().name().replace("WORKER_DEPLOYMENT_VERSION_STATUS_", "")))
        .toList();
  }

  /** From now on campaigns begin on this version; those that run stay where they are. */
  public void makeCurrent(String build) {
    SetWorkerDeploymentCurrentVersionRequest request =
        SetWorkerDeploymentCurrentVersionRequest.newBuilder()
            .setNamespace(namespace())
            .setDeploymentName(deployment)
            .setBuildId(build)
            .setIdentity(client.getOptions().getIdentity())
            .build();
    TemporalAdmin.answered(() -> server().setWorkerDeploymentCurrentVersion(request));
  }

  private WorkflowServiceBlockingStub server() {
    return client.getWorkflowServiceStubs().blockingStub();
  }

  private String namespace() {
    return client.getOptions().getNamespace();
  }
}
