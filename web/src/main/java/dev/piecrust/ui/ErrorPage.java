package dev.piecrust.ui;

import io.quarkus.qute.TemplateInstance;

/**
 * What went wrong, and what helps.
 *
 * @param help may be empty
 */
record ErrorPage(Shell shell, String title, String sentence, String help)
    implements TemplateInstance {}
