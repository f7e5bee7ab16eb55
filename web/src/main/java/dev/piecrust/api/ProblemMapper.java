package dev.piecrust.api;

import dev.piecrust.failure.PieCrustException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
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
    return answers.missing(uri.getPath());
  }

  @ServerExceptionMapper
  public Response broken(RuntimeException e) {
    if (e instanceof WebApplicationException known) {
      int status = known.getResponse().getStatus();
      return answers.refuse(status, "USER", String.valueOf(known.getMessage()));
    }
    LOG.error("{} could not be answered", uri.getPath(), e);
    return answers.refuse(500, "INTERNAL", "PieCrust could not answer; its log has the details");
  }
}
