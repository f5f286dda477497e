package dev.jwheel.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that callers of patchelf look for. */
final class PatchelfVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"patchelf 0.18.0 (jwheel " + Version.text() + ")"};
  }
}
