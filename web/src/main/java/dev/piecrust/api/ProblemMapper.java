package dev.piecrust.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.BoundedJson;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to what the program refuses on purpose, to what is not there, and to what broke. */
@Singleton
public class ProblemMapper {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

  private final Answers answers;
  private final UriInfo uri;

  public ProblemMapper(Answers answers, UriInfo uri) {
    this.answers = answers;
    this.uri = uri;
  }

  @ServerExceptionMapper
  public Response refused(PieCrustException e) {
    return answers.refuse(
        Problem.status(e.category()), e.category().name(), String.valueOf(e.getMessage()));
  }

  @ServerExceptionMapper
  public Response missing(NotThere e) {
    return answers.refuse(404, "USER", String.valueOf(e.getMessage()));
  }

  @ServerExceptionMapper
  public Response nowhere(NotFoundException e) {
    return e.getCause() == null
        ? answers.turnAway(404, "there is nothing at " + uri.getPath())
        : unreadable(e.getCause());
  }

  /** A parameter that is not of its type; which one is told by its value. */
  private Response unreadable(Throwable cause) {
    String why = String.valueOf(cause.getMessage());
    return Stream.of(uri.getPathParameters(), uri.getQueryParameters())
        .flatMap(parameters -> parameters.entrySet().stream())
        .filter(
            parameter -> parameter.getValue().stream().anyMatch(v -> why.contains('"' + v + '"')))
        .findFirst()
        .map(
            parameter ->
                "%s is '%s', expected a whole number"
                    .formatted(parameter.getKey(), parameter.getValue().get(0)))
        .map(sentence -> answers.refuse(400, "USER", sentence))
        .orElseGet(
            () ->
                answers.refuse(
                    400, "USER", "a parameter is of another type, expected a whole number"));
  }

  /** JSON, but of another form than is expected. */
  @ServerExceptionMapper
  public Response unexpected(MismatchedInputException e) {
    String field =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    String expected = expected(e.getTargetType());
    return answers.refuse(
        400,
        "USER",
        field.isEmpty()
            ? "the body is of another form, expected " + expected
            : "%s is of another form, expected %s".formatted(field, expected));
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == String.class) {
      return "a text";
    }
    return type == boolean.class || type == Boolean.class ? "true or false" : "a JSON object";
  }

  /** JSON with a number, a text or a depth that no request has. */
  @ServerExceptionMapper
  public Response excessive(StreamConstraintsException e) {
    return answers.refuse(400, "USER", notJson(e));
  }

  @ServerExceptionMapper
  public Response broken(Exception e) {
    if (e instanceof WebApplicationException known) {
      return answer(known);
    }
    LOG.error("{} could not be answered", uri.getPath(), e);
    return answers.refuse(500, "INTERNAL", "PieCrust could not answer; its log has the details");
  }

  private Response answer(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    Response answer = answers.turnAway(status, sentence(status, e));
    String allowed = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return allowed == null
        ? answer
        : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allowed).build();
  }

  private static String notJson(JsonProcessingException e) {
    return "the body %s, expected a JSON object".formatted(BoundedJson.fault(e));
  }

  private static String sentence(int status, WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return notJson(json);
    }
    if (e.getCause() instanceof PieCrustException refusal) {
      return String.valueOf(refusal.getMessage());
    }
    return switch (status) {
      case 405 -> "this address is not for that method, expected one that Allow lists";
      case 406 -> "the answer is of another type than the request's Accept header names";
      case 415 -> "the body is of another type, expected Content-Type: application/json";
      default ->
          "the request is refused with status %d, expected one that /openapi describes"
              .formatted(status);
    };
  }
}
