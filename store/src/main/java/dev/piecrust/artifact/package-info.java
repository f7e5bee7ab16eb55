/** Large results by their hash: in a folder, or in a bucket of S3. */
@NullMarked
package dev.piecrust.artifact;

import org.jspecify.annotations.NullMarked;
