// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.io.InputStream;

/** Sees the contents of members while a {@link MemberScanner} reads them, on any thread. */
public interface ContentVisitor {

  /** Sees nothing. */
  ContentVisitor NONE =
      new ContentVisitor() {
        @Override
        public boolean wants(ZipMember member) {
          return false;
        }

        @Override
        public void visit(ZipMember member, InputStream content) {}
      };

  /** Whether to see the whole content of a member. */
  boolean wants(ZipMember member);

  /**
   * Sees the content of a member that it wants, once.
   *
   * @throws IOException if the content cannot be read
   */
  void visit(ZipMember member, InputStream content) throws IOException;

  /**
   * Sees an ELF file that it wants and whose facts could be read; the bytes are gone afterwards.
   */
  default void visitElf(String path, ElfBytes bytes) {}
}
