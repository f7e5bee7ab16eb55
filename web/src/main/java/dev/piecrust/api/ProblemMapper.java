package dev.piecrust.api;

import dev.piecrust.failure.PieCrustException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers with a {@link Problem} what the program refuses on purpose. */
@Provider
public class ProblemMapper implements ExceptionMapper<PieCrustException> {
  @Override
  public Response toResponse(PieCrustException e) {
    return Problem.response(
        Problem.status(e.category()), e.category().name(), String.valueOf(e.getMessage()));
  }
}
