package dev.piecrust.cli.terminal;

import dev.piecrust.text.CleanText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Passes UTF-8 on without hidden characters ({@link CleanText#shown}). */
final class CleanStream extends OutputStream {
  private final OutputStream out;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** The beginning of a character whose other bytes have not come yet. */
  private byte[] begun = {};

  private CleanStream(OutputStream out) {
    this.out = out;
  }

  static PrintStream over(OutputStream out) {
    return new PrintStream(new CleanStream(out), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(begun.length + length);
    in.put(begun).put(bytes, offset, length).flip();
    CharBuffer text = CharBuffer.allocate(in.remaining());
    decoder.decode(in, text, false);
    begun = new byte[in.remaining()];
    in.get(begun);
    out.write(CleanText.shown(text.flip().toString()).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
