/** Campaigns as runs of an MLflow tracking server, over its REST API. */
@NullMarked
package dev.piecrust.mlflow;

import org.jspecify.annotations.NullMarked;
