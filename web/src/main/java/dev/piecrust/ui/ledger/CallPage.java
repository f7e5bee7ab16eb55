package dev.piecrust.ui.ledger;

import dev.piecrust.store.ledger.CallLine;
import dev.piecrust.ui.Shell;
import dev.piecrust.view.CallView;
import io.quarkus.qute.TemplateInstance;

/** One call to a language model. */
record CallPage(Shell shell, CallLine call, CallView view) implements TemplateInstance {}
