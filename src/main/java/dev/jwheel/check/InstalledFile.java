// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.wheel.zip.ZipMember;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is installed into purelib or platlib.
 *
 * @param member its name in the archive
 * @param path its path below that directory
 */
record InstalledFile(String member, String path) {

  /** The files of the library, in archive order. */
  static List<InstalledFile> library(Subject subject) {
    List<InstalledFile> files = new ArrayList<>();
    String distInfo = subject.wheel().distInfo() + "/";
    for (ZipMember member : subject.files()) {
      String name = member.name();
      int slash = name.indexOf('/');
      boolean data = slash > 0 && name.substring(0, slash).endsWith(".data");
      if (data) {
        int next = name.indexOf('/', slash + 1);
        String key = next < 0 ? "" : name.substring(slash + 1, next);
        if (key.equals("purelib") || key.equals("platlib")) {
          files.add(new InstalledFile(name, name.substring(next + 1)));
        }
      } else if (!name.startsWith(distInfo)) {
        files.add(new InstalledFile(name, name));
      }
    }
    return files;
  }

  /** The first part of the path. */
  String top() {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  /** Whether it is a module by its suffix; stubs are not, and belong into packages (PEP 561). */
  boolean isModule() {
    return path.endsWith(".py") || isNative();
  }

  /** Whether it is a native module by its suffix. */
  boolean isNative() {
    return path.endsWith(".so") || path.endsWith(".pyd");
  }
}
