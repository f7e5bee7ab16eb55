package dev.piecrust.llm;

import dev.langchain4j.exception.HttpException;
import java.net.http.HttpHeaders;

/** An answer with a status that is no success, with its headers, which LangChain4j's own lacks. */
final class HttpFailure extends HttpException {
  private final transient HttpHeaders headers;
  private final transient String body;
  private final transient String url;

  /** The body is kept out of the message, because it may quote the request. */
  HttpFailure(int status, HttpHeaders headers, String body, String url) {
    super(status, "HTTP status " + status);
    this.headers = headers;
    this.body = body;
    this.url = ErrorBody.address(url);
  }

  /** What was asked, without secrets. */
  String url() {
    return url;
  }

  HttpHeaders headers() {
    return headers;
  }

  String body() {
    return body;
  }
}
