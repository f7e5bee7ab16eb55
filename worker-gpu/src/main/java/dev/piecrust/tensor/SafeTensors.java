package dev.piecrust.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Read access to one safetensors file, or to a checkpoint of many, as if it were one table of named
 * tensors. Files are mapped, so opening costs no memory and rows can be gathered without loading
 * the rest (docs/method.md §3). Safe for use by several threads at once.
 *
 * <p>Every refusal is a user error of one sentence that names the file, the tensor and what was
 * expected.
 */
public final class SafeTensors implements AutoCloseable {
  private static final String NPZ = ".npz";

  private final Path source;
  private final List<MappedFile> files;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafeTensors(Path source, List<MappedFile> files) {
    this.source = source;
    this.files = files;
    for (MappedFile file : files) {
      if (file.path().toString().endsWith(NPZ)) {
        NpzHeader.read(file).values().forEach(info -> add(file, 0, info));
        continue;
      }
      SafeTensorsHeader header = SafeTensorsHeader.read(file);
      metadata.putAll(header.metadata());
      header.tensors().values().forEach(info -> add(file, header.dataStart(), info));
    }
  }

  private void add(MappedFile file, long dataStart, TensorInfo info) {
    StoredTensor before = tensors.put(info.name(), new StoredTensor(file, dataStart, info));
    if (before != null) {
      throw PieCrustException.user(
          "%s: tensor '%s' is also in %s; expected each tensor once",
          file.path(), Quote.of(info.name()), before.file().path());
    }
  }

  /** Opens one file: safetensors, or an {@code .npz}, compressed or not. */
  public static SafeTensors open(Path file) {
    boolean arrays = file.toString().endsWith(NPZ);
    return new SafeTensors(
        file, List.of(arrays ? InflatedArrays.open(file) : MappedFile.open(file)));
  }

  /**
   * Opens a checkpoint's folder: {@code model.safetensors}, or the shards that {@code
   * model.safetensors.index.json} names.
   */
  public static SafeTensors openFolder(Path folder) {
    ShardIndex index = ShardIndex.of(folder);
    SafeTensors all =
        new SafeTensors(folder, index.files().stream().map(MappedFile::open).toList());
    index.check(all.names(), name -> all.locate(name).file().path());
    return all;
  }

  /** All tensors' names, in file order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** The free-form strings of the files' headers. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** The files behind this table. */
  public List<Path> files() {
    return files.stream().map(MappedFile::path).toList();
  }

  /** Whether there is a tensor of this name. */
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /** The header's entry; a user error where there is no such tensor. */
  public TensorInfo info(String name) {
    return locate(name).info();
  }

  /** The file that holds a tensor, for messages. */
  public Path fileOf(String name) {
    return locate(name).file().path();
  }

  /** A whole floating-point tensor as f32. */
  public NDArray read(NDManager manager, String name) {
    StoredTensor at = locate(name).requireFloats();
    TensorInfo info = at.info();
    if (!manager.getDevice().isGpu() && info.elements() > 0) {
      return ParallelRead.of(manager, at);
    }
    try (FloatSink sink = new FloatSink(manager, info.toShape())) {
      sink.put(at.decoder(), at.offset(), info.elements(), info.dtype());
      return sink.finish();
    }
  }

  /**
   * The given steps along axis 0 as f32 {@code [rows.length, rest…]}, in the order asked for; the
   * rest of the tensor is not touched.
   */
  public NDArray rows(NDManager manager, String name, int[] rows) {
    StoredTensor at = locate(name).requireFloats();
    TensorInfo info = at.info();
    long[] shape = info.shape();
    if (shape.length == 0) {
      throw PieCrustException.user("%s: tensor '%s' is a scalar; expected rows", source, name);
    }
    long count = shape[0];
    shape[0] = rows.length;
    long step = info.rowElements();
    FloatDecoder decoder = at.decoder();
    try (FloatSink sink = new FloatSink(manager, new Shape(shape))) {
      for (int row : rows) {
        if (row < 0 || row >= count) {
          throw new IndexOutOfBoundsException(
              "row " + row + " of tensor '" + name + "', which has " + count);
        }
        sink.put(decoder, at.offset() + row * step * info.dtype().bytes(), step, info.dtype());
      }
      return sink.finish();
    }
  }

  /**
   * Reads parts of a floating-point tensor; one for each thread.
   *
   * @param length of the parts, in elements
   */
  public ElementReader reader(String name, int length) {
    return new ElementReader(locate(name).requireFloats(), length);
  }

  /** A whole floating-point tensor as a Java array, row-major. */
  public float[] readFloats(String name) {
    StoredTensor at = locate(name).requireFloats();
    float[] values = new float[at.javaLength()];
    at.decoder().decode(at.offset(), values.length, FloatBuffer.wrap(values));
    return values;
  }

  /** A whole {@code I32} tensor as a Java array, row-major. */
  public int[] readInts(String name) {
    ByteBuffer bytes = locate(name).require(DType.I32).wholeBytes();
    int[] values = new int[bytes.remaining() / 4];
    bytes.asIntBuffer().get(values);
    return values;
  }

  /** A whole {@code I64} tensor as a Java array, row-major. */
  public long[] readLongs(String name) {
    ByteBuffer bytes = locate(name).require(DType.I64).wholeBytes();
    long[] values = new long[bytes.remaining() / 8];
    bytes.asLongBuffer().get(values);
    return values;
  }

  /** Up to {@code length} raw bytes of a tensor from byte {@code from} of its data. */
  public byte[] rawBytes(String name, long from, int length) {
    return locate(name).bytes(from, length);
  }

  private StoredTensor locate(String name) {
    StoredTensor at = tensors.get(name);
    if (at == null) {
      throw PieCrustException.user("%s: has no tensor '%s'; expected one", source, name);
    }
    return at;
  }

  @Override
  public void close() {
    files.forEach(MappedFile::close);
  }
}
