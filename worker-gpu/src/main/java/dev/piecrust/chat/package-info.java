/** What instruct models are asked in: the chat template of a tokenizer, and prompts put into it. */
@NullMarked
package dev.piecrust.chat;

import org.jspecify.annotations.NullMarked;
