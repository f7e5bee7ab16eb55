package dev.piecrust.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Completes the description of the API with what holds of all of it: who may ask, and each way in
 * which a request can be refused.
 */
public final class ApiDescription implements OASFilter {
  private static final String SCHEME = "token";
  private static final String PROBLEM = "ProblemDetails";

  private static final Map<String, String> REFUSALS =
      new TreeMap<>(
          Map.of(
              "400", "What was asked cannot be: the answer says what was expected",
              "401", "The request carries no valid access token",
              "403", "The caller may not do this, or a page of another site asks",
              "406", "The answer is of another type than the request accepts",
              "429", "Too much is under way, or too many wrong tokens came, from this client",
              "431", "The headers are too large",
              "500", "Something broke; the program's log has the details",
              "503", "Something that the answer needs does not answer",
              "507", "The machine has no room for it"));

  /** Of an address that names something. */
  private static final Map<String, String> OF_NAMES = Map.of("404", "There is no such thing");

  /** Of a command to a campaign. */
  private static final Map<String, String> OF_COMMANDS =
      Map.of("409", "The campaign is past it, or not at it yet");

  /** What comes with a refusal, by its status. */
  private static final Map<String, String> HEADERS =
      Map.of("401", "WWW-Authenticate", "429", "Retry-After");

  private static final Map<String, String> OF_BODIES =
      new TreeMap<>(
          Map.of(
              "408", "The body did not come in time",
              "413", "The body is too large",
              "415", "The body is of another type than is expected"));

  @Override
  public void filterOpenAPI(OpenAPI api) {
    if (api.getComponents() == null) {
      api.setComponents(OASFactory.createComponents());
    }
    api.getComponents()
        .addSecurityScheme(
            SCHEME,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("An access token, of this program or of the issuer"));
    BodyShapes.complete(api.getComponents());
    api.getComponents().addSchema(PROBLEM, problem());
    Stream.of(REFUSALS, OF_NAMES, OF_COMMANDS, OF_BODIES)
        .flatMap(refusals -> refusals.entrySet().stream())
        .forEach(
            refusal ->
                api.getComponents()
                    .addResponse(refusal.getKey(), refusal(refusal.getKey(), refusal.getValue())));
    SchemaNames.complete(api);
    api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(SCHEME, List.of()));
    api.getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach((method, operation) -> complete(operation, method, path)));
  }

  private static void complete(Operation operation, HttpMethod method, String path) {
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(parameter -> ParameterShapes.complete(path, parameter));
    }
    APIResponses responses = operation.getResponses();
    APIResponse created = responses.getAPIResponse("201");
    if (created != null) { // what a POST is taken to answer
      responses.removeAPIResponse("201");
      responses.addAPIResponse("200", created);
    }
    refuse(operation, REFUSALS);
    if (operation.getParameters() != null || path.contains("{") || method == HttpMethod.POST) {
      refuse(operation, OF_NAMES);
    }
    if (method == HttpMethod.POST && path.contains("{")) {
      refuse(operation, OF_COMMANDS);
    }
    if (method == HttpMethod.POST) {
      refuse(operation, OF_BODIES);
    }
  }

  private static void refuse(Operation operation, Map<String, String> refusals) {
    refusals
        .keySet()
        .forEach(
            status ->
                operation
                    .getResponses()
                    .addAPIResponse(
                        status,
                        OASFactory.createAPIResponse().ref("#/components/responses/" + status)));
  }

  private static APIResponse refusal(String status, String why) {
    Content content =
        OASFactory.createContent()
            .addMediaType(
                Problem.MEDIA_TYPE,
                OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM)));
    APIResponse response = OASFactory.createAPIResponse().description(why).content(content);
    String header = HEADERS.get(status);
    if (header != null) {
      response.addHeader(
          header,
          OASFactory.createHeader()
              .required(true)
              .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
    }
    return response;
  }

  private static Schema problem() {
    Schema problem =
        OASFactory.createSchema()
            .addType(SchemaType.OBJECT)
            .description("An error, as RFC 9457 has them");
    for (String text : List.of("type", "title", "detail", "category")) {
      problem.addProperty(text, OASFactory.createSchema().addType(SchemaType.STRING));
      problem.addRequired(text);
    }
    return problem
        .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
        .addRequired("status");
  }
}
