package dev.piecrust.serve;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.inject.Singleton;

/**
 * Leaves out of an issuer's answer a scope that is empty, with which Quarkus would turn away
 * whoever signs in. RFC 6749 §3.3 has none that is empty, but issuers send it.
 */
@Singleton
@Unremovable // found by its kind alone
@OidcEndpoint(OidcEndpoint.Type.TOKEN)
public class EmptyScope implements OidcResponseFilter {
  private static final String SCOPE = "scope";

  @Override
  public void filter(OidcResponseContext context) {
    if (context.statusCode() != 200) {
      return;
    }
    JsonObject answer = context.responseBody().toJsonObject();
    if ("".equals(answer.getValue(SCOPE))) {
      answer.remove(SCOPE);
      context.responseBody(Buffer.newInstance(answer.toBuffer()));
    }
  }
}
