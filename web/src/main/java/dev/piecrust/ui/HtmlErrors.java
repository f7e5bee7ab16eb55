package dev.piecrust.ui;

import dev.piecrust.api.ErrorPages;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Errors in the frame of every page. */
@Singleton
public class HtmlErrors implements ErrorPages {
  private final Shells shells;
  private final boolean openId;

  /**
   * @param openId whether people can sign in at an issuer of OpenID Connect
   */
  public HtmlErrors(
      Shells shells, @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean openId) {
    this.shells = shells;
    this.openId = openId;
  }

  @Override
  public String of(int status, String sentence) {
    return new ErrorPage(shells.at(""), title(status), sentence, help(status)).render();
  }

  @Override
  public String signIn(String wrong) {
    return new SignInPage(shells.outside(), wrong, openId).render();
  }

  @Override
  public String outside(int status, String sentence) {
    return new ErrorPage(shells.outside(), title(status), sentence, help(status)).render();
  }

  private static String title(int status) {
    return switch (status) {
      case 403 -> "This is not yours to do";
      case 404 -> "There is no such page";
      case 400, 405, 406, 415 -> "That cannot be";
      default -> "Something went wrong";
    };
  }

  private static String help(int status) {
    return switch (status) {
      case 403 -> "Ask whoever runs this PieCrust for the role it takes.";
      case 404 -> "It may have been a campaign that was started afresh, or a word too many.";
      case 400, 405, 406, 415 -> "";
      default ->
          "The log of the program has the details; './piecrust doctor' checks what it needs.";
    };
  }
}
