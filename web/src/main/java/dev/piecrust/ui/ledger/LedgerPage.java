package dev.piecrust.ui.ledger;

import dev.piecrust.store.ledger.CallLine;
import dev.piecrust.ui.Shell;
import dev.piecrust.view.LedgerView;
import dev.piecrust.view.Page;
import io.quarkus.qute.TemplateInstance;

/** The calls to language models, added up and one by one. */
record LedgerPage(
    Shell shell, LedgerView sums, LedgerFilter filter, LedgerShow show, Page<CallLine> page)
    implements TemplateInstance {}
