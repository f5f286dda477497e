// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.auditwheel;

import dev.jwheel.cli.json.LddtreeJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.LddtreeView;
import dev.jwheel.cli.terminal.Renderer;
import java.io.IOException;

/** A dependency tree as JSON where auditwheel writes it: in its log, on standard error. */
public final class AuditwheelLddtreeLog implements Renderer<LddtreeView> {
  private final Console console;
  private final LddtreeJson json;

  public AuditwheelLddtreeLog(Console console) {
    this.console = console;
    this.json =
        new LddtreeJson(
            new Console(
                console.err(),
                console.err(),
                console.variables(),
                console.directory(),
                console.errorTerminal(),
                console.errorTerminal(),
                console.charset()));
  }

  @Override
  public void render(LddtreeView view) throws IOException {
    console.err().print("INFO:auditwheel.main_lddtree:");
    json.render(view);
  }
}
