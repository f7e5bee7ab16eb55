package dev.piecrust.api.access;

/** What people may do. A role includes those before it. */
public final class Roles {
  /** Sees everything that is there. */
  public static final String VIEWER = "viewer";

  /** Starts, steers and ends campaigns within their budgets, and takes results away. */
  public static final String OPERATOR = "operator";

  /** Decides about money. */
  public static final String ADMIN = "admin";

  private Roles() {}
}
