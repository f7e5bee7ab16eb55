package dev.piecrust.ui;

import io.quarkus.qute.TemplateInstance;

/**
 * Asks who is there.
 *
 * @param wrong why the last answer was not enough; empty at first
 * @param openId whether there is an issuer to sign in at
 */
record SignInPage(Shell shell, String wrong, boolean openId) implements TemplateInstance {}
