package dev.piecrust.ui;

import dev.piecrust.view.WorkersView;
import io.quarkus.qute.TemplateInstance;

/** Who works, and what waits for whom. */
record WorkersPage(Shell shell, WorkersView view, WorkersShow show) implements TemplateInstance {}
