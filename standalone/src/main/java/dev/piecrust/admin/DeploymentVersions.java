package dev.piecrust.admin;

import dev.piecrust.workers.Deployment;
import io.temporal.api.workflowservice.v1.DescribeWorkerDeploymentRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.util.List;

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
   * @param deployment its name, as {@link Deployment#NAME} gives it to the workers
   */
  public DeploymentVersions(WorkflowClient client, String deployment) {
    this.client = client;
    this.deployment = deployment;
  }

  /** All of them; a deployment that has had no worker yet is a user error. */
  public List<Version> list() {
    DescribeWorkerDeploymentRequest request =
        DescribeWorkerDeploymentRequest.newBuilder()
            .setNamespace(namespace())
            .setDeploymentName(deployment)
            .build();
    return TemporalAdmin.answered(() -> server().describeWorkerDeployment(request))
        .getWorkerDeploymentInfo()
        .getVersionSummariesList()
        .stream()
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
