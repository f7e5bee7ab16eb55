package dev.piecrust.admin;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignLabels;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The search attributes of campaigns, and the campaigns that a query over them finds. */
public final class TemporalAdmin {
  private static final String CAMPAIGNS = "WorkflowType = 'CampaignWorkflow'";

  /** The server itself reads search attributes, so no codec seals them. */
  private static final DataConverter PLAIN = DefaultDataConverter.STANDARD_INSTANCE;

  private static final String STATE = CampaignLabels.STATE.getName();

  /** The server is there, and means what was asked. */
  private static final Set<Status.Code> REFUSALS =
      EnumSet.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.NOT_FOUND,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.PERMISSION_DENIED);

  private final WorkflowClient client;

  /** A campaign as the server lists it. */
  public record Listed(String id, String status, Optional<String> state) {}

  public TemporalAdmin(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Makes the server know the search attributes of campaigns; those that it knows stay.
   *
   * @return names of those that are new to it
   */
  public List<String> registerSearchAttributes() {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder(client.getWorkflowServiceStubs().getOptions())
                .validateAndBuildWithDefaults());
    try {
      return answered(() -> register(operator));
    } finally {
      operator.shutdownNow();
    }
  }

  private List<String> register(OperatorServiceStubs operator) {
    Set<String> known =
        operator
            .blockingStub()
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder().setNamespace(namespace()).build())
            .getCustomAttributesMap()
            .keySet();
    List<SearchAttributeKey<?>> missing =
        CampaignLabels.ALL.stream().filter(key -> !known.contains(key.getName())).toList();
    if (!missing.isEmpty()) {
      operator
          .blockingStub()
          .addSearchAttributes(
              AddSearchAttributesRequest.newBuilder()
                  .setNamespace(namespace())
                  .putAllSearchAttributes(
                      missing.stream()
                          .collect(
                              Collectors.toMap(
                                  SearchAttributeKey::getName, SearchAttributeKey::getValueType)))
                  .build());
    }
    return missing.stream().map(SearchAttributeKey::getName).toList();
  }

  /**
   * The campaigns, the newest first, that fit a query in Temporal's language; a query that the
   * server does not understand is a user error.
   *
   * @param query may be empty, for all
   */
  public List<Listed> list(String query, int atMost) {
    ListWorkflowExecutionsRequest request =
        ListWorkflowExecutionsRequest.newBuilder()
            .setNamespace(namespace())
            .setPageSize(atMost)
            .setQuery(query.isBlank() ? CAMPAIGNS : "%s AND (%s)".formatted(CAMPAIGNS, query))
            .build();
    return answered(
            () -> client.getWorkflowServiceStubs().blockingStub().listWorkflowExecutions(request))
        .getExecutionsList()
        .stream()
        .map(this::listed)
        .toList();
  }

  private Listed listed(WorkflowExecutionInfo info) {
    Optional<String> state =
        Optional.ofNullable(info.getSearchAttributes().getIndexedFieldsMap().get(STATE))
            .map(payload -> PLAIN.fromPayload(payload, String.class, String.class));
    String status = info.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", "");
    return new Listed(info.getExecution().getWorkflowId(), status, state);
  }

  private String namespace() {
    return client.getOptions().getNamespace();
  }

  static <T> T answered(Supplier<T> question) {
    try {
      return question.get();
    } catch (StatusRuntimeException e) {
      Status.Code code = e.getStatus().getCode();
      String said = String.valueOf(e.getStatus().getDescription());
      if (REFUSALS.contains(code)) {
        throw user("Temporal refuses that (%s), expected a query or a version that it knows", said);
      }
      throw PieCrustException.external("Temporal does not answer: " + e.getMessage(), e);
    }
  }
}
