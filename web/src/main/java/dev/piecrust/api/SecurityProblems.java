package dev.piecrust.api;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers with a {@link Problem} those who may not do what they ask. */
@Singleton
public class SecurityProblems {
  private final SecurityIdentity identity;
  private final Answers answers;

  public SecurityProblems(SecurityIdentity identity, Answers answers) {
    this.identity = identity;
    this.answers = answers;
  }

  @ServerExceptionMapper
  public Response withoutToken(UnauthorizedException e) {
    return unauthorized("the request carries no valid access token");
  }

  @ServerExceptionMapper
  public Response withAWrongToken(AuthenticationFailedException e) {
    return unauthorized("the request's access token is not valid here, or not any more");
  }

  @ServerExceptionMapper
  public Response withoutTheRole(ForbiddenException e) {
    return answers.refuse(
        403,
        "USER",
        "%s may not do this; the roles that are known here are %s"
            .formatted(identity.getPrincipal().getName(), identity.getRoles()));
  }

  private Response unauthorized(String sentence) {
    if (answers.wantsPage()) {
      return answers.signIn();
    }
    return Response.fromResponse(Problem.response(401, "USER", sentence))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .build();
  }
}
