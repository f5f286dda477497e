// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.io.ByteRanges;
import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.WheelFormatException;
import dev.jwheel.wheel.zip.ZipArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A wheel, read in place (PEP 427): the archive, its file name, and what its dist-info directory
 * says.
 *
 * <p>Several threads may use one wheel.
 */
public final class WheelArchive implements AutoCloseable {
  private static final int MAX_CELLS = 3_000_000;
  private static final int MAX_TAGS = 10_000;
  private static final String WHEEL = "WHEEL";
  private static final String RECORD = "RECORD";
  private static final String METADATA = "METADATA";

  private final ZipArchive zip;
  private final WheelFileName fileName;
  private final DistInfo distInfo;
  private final WheelMetadata metadata;
  private final Optional<RecordFile> record;
  private final List<Defect> defects;

  private WheelArchive(
      ZipArchive zip,
      WheelFileName fileName,
      DistInfo distInfo,
      WheelMetadata metadata,
      Optional<RecordFile> record,
      List<Defect> defects) {
    this.zip = zip;
    this.fileName = fileName;
    this.distInfo = distInfo;
    this.metadata = metadata;
    this.record = record;
    this.defects = List.copyOf(defects);
  }

  /**
   * Opens a wheel.
   *
   * @throws WheelFormatException if it is no readable zip archive, its file name is not a wheel's,
   *     it does not have exactly one dist-info directory, or no {@code WHEEL} in it
   */
  public static WheelArchive open(Path path) throws IOException, WheelFormatException {
    return open(path, String.valueOf(path.getFileName()));
  }

  /**
   * Opens a wheel whose file does not have its name yet.
   *
   * @param name the file name of the wheel
   * @throws WheelFormatException as {@link #open(Path)} does
   */
  public static WheelArchive open(Path path, String name) throws IOException, WheelFormatException {
    return open(ZipArchive.open(path), name);
  }

  /**
   * Opens a wheel, which closes its bytes.
   *
   * @param name the file name of the wheel
   * @throws WheelFormatException as {@link #open(Path)} does
   */
  public static WheelArchive open(ByteRanges bytes, String name)
      throws IOException, WheelFormatException {
    return open(ZipArchive.open(bytes), name);
  }

  /**
   * Opens a wheel of which only the dist-info directory is going to be read; {@link
   * ZipArchive#openPart} says what is not looked at. The wheel closes the bytes.
   *
   * @param name the file name of the wheel
   * @throws WheelFormatException as {@link #open(Path)} does
   */
  public static WheelArchive openPart(ByteRanges bytes, String name)
      throws IOException, WheelFormatException {
    return open(ZipArchive.openPart(bytes), name);
  }

  private static WheelArchive open(ZipArchive zip, String name) throws IOException {
    try {
      WheelFileName fileName = WheelFileName.parse(name);
      if (fileName.size() > WheelFileName.MAX_TAGS) {
        throw new WheelFormatException(
            zip.place(),
            "",
            "its name stands for " + fileName.size() + " tags, at most " + WheelFileName.MAX_TAGS);
      }
      return open(zip, fileName);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static WheelArchive open(ZipArchive zip, WheelFileName fileName) throws IOException {
    DefectLog defects = new DefectLog();
    defects.addAll(zip.defects());
    defects.addAll(fileName.defects());
    DistInfo distInfo = DistInfo.find(zip);
    distInfo.addNameDefects(fileName, defects);
    distInfo.prepare(WHEEL, METADATA, RECORD);

    Optional<String> wheel = distInfo.text(WHEEL, defects);
    if (wheel.isEmpty()) {
      throw new WheelFormatException(
          zip.place(), distInfo.path(WHEEL), "is missing, expected in every wheel");
    }
    WheelMetadata metadata = WheelMetadata.parse(wheel.get(), distInfo.path(WHEEL), defects);
    requireFewTags(zip, distInfo.path(WHEEL), metadata.tags());
    new MetadataCheck(fileName, distInfo.path(METADATA))
        .addDefects(distInfo.text(METADATA, defects), defects);
    new LineSeparators(defects).checkNames(zip.members());
    Optional<RecordFile> record = record(zip, distInfo, defects);
    return new WheelArchive(zip, fileName, distInfo, metadata, record, defects.all());
  }

  private static Optional<RecordFile> record(
      ZipArchive zip, DistInfo distInfo, List<Defect> defects) throws IOException {
    String path = distInfo.path(RECORD);
    Optional<String> text = distInfo.text(RECORD, defects);
    if (text.isEmpty()) {
      defects.add(new Defect("record-missing", path, "is missing, expected in every wheel"));
      return Optional.empty();
    }
    if (RecordFile.cells(text.get()) > MAX_CELLS) {
      throw new WheelFormatException(zip.place(), path, "has more than " + MAX_CELLS + " cells");
    }
    new LineSeparators(defects).checkRecord(text.get(), path);
    RecordFile record = RecordFile.parse(text.get(), path, defects);
    new RecordCheck(zip, path, record).addListingDefects(defects);
    return Optional.of(record);
  }

  private static void requireFewTags(ZipArchive zip, String place, List<String> tags)
      throws WheelFormatException {
    long total = 0;
    for (String tag : tags) {
      long expanded = WheelFileName.expandedSize(tag);
      total += expanded;
      if (expanded > WheelFileName.MAX_TAGS || total > MAX_TAGS) {
        throw new WheelFormatException(
            zip.place(),
            place,
            expanded > WheelFileName.MAX_TAGS
                ? "a Tag stands for " + expanded + " tags, at most " + WheelFileName.MAX_TAGS
                : "has more than " + MAX_TAGS + " tags");
      }
    }
  }

  /** The wheel's file as messages name it. */
  public String place() {
    return zip.place();
  }

  /** The file name. */
  public WheelFileName fileName() {
    return fileName;
  }

  /** The archive. */
  public ZipArchive zip() {
    return zip;
  }

  /** All members, directories too, in the order of the archive. */
  public List<ZipMember> members() {
    return zip.members();
  }

  /** The name of the dist-info directory. */
  public String distInfo() {
    return distInfo.directory();
  }

  /**
   * The bytes of a file of the dist-info directory.
   *
   * @throws WheelFormatException if it is larger than a text should be, or damaged
   */
  public Optional<byte[]> distInfoFile(String name) throws IOException, WheelFormatException {
    return distInfo.bytes(name);
  }

  /** The file {@code WHEEL}. */
  public WheelMetadata metadata() {
    return metadata;
  }

  /** The file {@code RECORD}; empty where the wheel has none. */
  public Optional<RecordFile> record() {
    return record;
  }

  /** Tags that the file name claims and {@code WHEEL} does not. */
  public Set<String> tagsOfFileNameAlone() {
    Set<String> tags = fileName.tags();
    tags.removeAll(metadataTags());
    return tags;
  }

  /** Tags that {@code WHEEL} claims and the file name does not. */
  public Set<String> tagsOfMetadataAlone() {
    Set<String> tags = metadataTags();
    tags.removeAll(fileName.tags());
    return tags;
  }

  private Set<String> metadataTags() {
    Set<String> tags = new LinkedHashSet<>();
    for (String tag : metadata.tags()) {
      tags.addAll(WheelFileName.expand(tag));
    }
    return tags;
  }

  /**
   * What is odd about the wheel and leaves it readable in one way: about the archive, the names,
   * and {@code RECORD} without its hashes and sizes. Tags are not compared here.
   */
  public List<Defect> defects() {
    return defects;
  }

  /** The defects that do harm when the wheel is installed or uninstalled. */
  public List<Defect> hazards() {
    return defects.stream().filter(Defect::isHazard).toList();
  }

  /**
   * The rows of {@code RECORD} whose member has another size or hash. Inflates every member.
   *
   * @throws WheelFormatException if the content of a member is damaged
   */
  public List<Defect> verifyRecord() throws IOException, WheelFormatException {
    return record.isPresent()
        ? new RecordCheck(zip, distInfo.path(RECORD), record.get()).mismatches()
        : List.of();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
