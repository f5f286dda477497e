// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jwheel.elf.patch.ElfPatch.Copied;
import dev.jwheel.elf.patch.ElfPatch.Literal;
import dev.jwheel.elf.patch.ElfPatch.Piece;
import dev.jwheel.elf.patch.ElfPatch.Zeros;
import dev.jwheel.io.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ElfPatchTest {
  private static final String SOURCE = "0123456789";

  @Test
  void thePatchOfNothingIsEmpty() {
    assertThat(ElfPatch.unchanged(10).isEmpty()).isTrue();
    assertThat(ElfPatch.unchanged(0).isEmpty()).isTrue();
    assertThat(ElfPatch.unchanged(10).growth()).isZero();
  }

  @Test
  void aPatchThatChangesAByteIsNotEmpty() {
    assertThat(patch(new Copied(0, 9), literal("x")).isEmpty()).isFalse();
  }

  @Test
  void theOutputIsItsPiecesInOrder() throws IOException {
    ElfPatch patch = patch(new Copied(4, 2), literal("ab"), new Zeros(3), new Copied(0, 1));

    assertThat(output(patch)).isEqualTo("45ab\0\0\0" + "0");
    assertThat(patch.size()).isEqualTo(8);
    assertThat(patch.growth()).isEqualTo(-2);
  }

  @Test
  void theViewReadsWhatIsWritten() throws IOException {
    ElfPatch patch = patch(new Copied(0, 4), literal("abc"), new Zeros(2), new Copied(4, 6));
    ByteSource view = patch.view(source(SOURCE));
    String whole = output(patch);

    for (int start = 0; start <= whole.length(); start++) {
      for (int end = start; end <= whole.length(); end++) {
        assertThat(text(view.slice(start, end - start))).isEqualTo(whole.substring(start, end));
      }
    }
  }

  @Test
  void aViewIsReadOnlyAndBigEndian() {
    ByteSource view = patch(literal("ab"), new Zeros(2)).view(source(SOURCE));

    for (int length = 1; length <= 4; length++) {
      assertThat(view.slice(0, length).isReadOnly()).isTrue();
    }
    assertThat(view.slice(0, 2).getShort()).isEqualTo((short) 0x6162);
  }

  @Test
  void aLiteralCannotBeChangedThroughItsBuffer() {
    Literal literal = literal("ab");
    literal.bytes().get();

    assertThat(literal.bytes().position()).isZero();
    assertThat(literal.bytes().isReadOnly()).isTrue();
  }

  @Test
  void aPatchFitsItsOwnSourceAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> patch(new Copied(0, 10)).view(source("short")))
        .withMessageContaining("10 bytes");
  }

  @Test
  void aPatchFollowsOneOfItsOwnSizeAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ElfPatch.unchanged(10).then(ElfPatch.unchanged(9)));
  }

  @Property
  void oneAfterTheOtherIsTheSameAsBothAtOnce(
      @ForAll @Size(max = 6) List<@IntRange(max = 99) Integer> first,
      @ForAll @Size(max = 6) List<@IntRange(max = 99) Integer> second)
      throws IOException {
    ElfPatch one = pieces(10, first);
    ElfPatch other = pieces((int) one.size(), second);

    assertThat(output(one.then(other))).isEqualTo(output(other, output(one)));
  }

  private static ElfPatch pieces(int size, List<Integer> seeds) {
    PieceList pieces = new PieceList();
    for (int seed : seeds) {
      int offset = size == 0 ? 0 : seed % size;
      pieces.add(
          switch (seed % 3) {
            case 0 -> new Copied(offset, (size - offset) / 2);
            case 1 -> new Zeros(seed % 5);
            default -> literal(Integer.toString(seed));
          });
    }
    return new ElfPatch(size, pieces.pieces(), LayoutKind.IN_PLACE, DeclaredChanges.NONE);
  }

  private static ElfPatch patch(Piece... pieces) {
    return new ElfPatch(
        SOURCE.length(), List.of(pieces), LayoutKind.IN_PLACE, DeclaredChanges.NONE);
  }

  private static Literal literal(String text) {
    return new Literal(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static ByteSource source(String text) {
    return ByteSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String output(ElfPatch patch) throws IOException {
    return output(patch, SOURCE);
  }

  private static String output(ElfPatch patch, String source) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    patch.applyTo(source(source), Channels.newChannel(output));
    return output.toString(StandardCharsets.ISO_8859_1);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes).toString();
  }
}
