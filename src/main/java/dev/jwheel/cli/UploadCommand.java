// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.json.UploadJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.text.UploadText;
import dev.jwheel.remote.RemoteException;
import dev.jwheel.upload.Distribution;
import dev.jwheel.upload.DistributionReader;
import dev.jwheel.upload.UploadOutcome;
import dev.jwheel.upload.UploadPreview;
import dev.jwheel.upload.UploadProtocol;
import dev.jwheel.upload.UploadReport;
import dev.jwheel.upload.UploadResult;
import dev.jwheel.upload.UploadStatus;
import dev.jwheel.upload.Uploader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel upload}: gives wheels and source distributions to a repository. */
final class UploadCommand implements Command {
  private final Console console;
  private final InputStream in;
  private final Arguments arguments =
      new Arguments(this, "upload", "Upload wheels and source distributions to a repository.");
  private final UploadArguments options = new UploadArguments(arguments);
  private final CommonArguments common = new CommonArguments(arguments);

  /**
   * @param in where a password may come from
   */
  UploadCommand(Console console, InputStream in) {
    this.console = console;
    this.in = in;
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    UploadSetup setup = new UploadSetup(console, in, arguments, options);
    UploadProtocol described = setup.described();
    List<Path> paths = distributions();
    List<Distribution> files = Uploader.inOrder(read(paths));
    if (files.size() < paths.size()) {
      return ExitCode.UNUSABLE;
    }
    Map<Distribution, List<String>> objections = objections(described, files);
    if (!objections.isEmpty() && !options.noCheck.value()) {
      renderer().render(refused(described, files, objections));
      return ExitCode.REFUSED;
    }
    if (options.dryRun.value()) {
      renderer().render(UploadPreview.of(described, files));
      return ExitCode.OK;
    }
    return upload(setup, files);
  }

  private Renderer<UploadOutcome> renderer() {
    return options.json.value() ? new UploadJson(console) : new UploadText(console, common.quiet());
  }

  private ExitCode upload(UploadSetup setup, List<Distribution> files) throws IOException {
    boolean silent = common.quiet() || options.json.value();
    boolean verbose = common.verbose() && !common.quiet();
    try (UploadWatch watch = new UploadWatch(console, setup.secrets(), silent, verbose)) {
      UploadReport report = setup.uploader(files, watch).upload(files);
      renderer().render(report.masked(setup.secrets()));
      return code(report);
    } catch (RemoteException e) {
      // The repository cannot be asked: none of the files is there.
      String message = setup.secrets().mask(ErrorMessages.of(e));
      common.errors(console, spec()).print(new IOException(message, e));
      return ExitCode.REFUSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted; the same command goes on");
    }
  }

  private static ExitCode code(UploadReport report) {
    if (report.hasUnreadable()) {
      return ExitCode.UNUSABLE;
    }
    return report.isComplete() && report.stopped().isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }

  /** The files that are sent by themselves, each once. */
  private List<Path> distributions() {
    Map<Path, Path> files = new LinkedHashMap<>();
    Map<String, Path> names = new LinkedHashMap<>();
    for (Path path : options.files.value()) {
      Path normal = path.toAbsolutePath().normalize();
      if (DistributionReader.isAttestation(path) || files.containsKey(normal)) {
        continue;
      }
      Path same = names.put(String.valueOf(path.getFileName()), path);
      if (same != null) {
        throw arguments.wrongUsage(same + " and " + path + " have the same name");
      }
      files.put(normal, path);
    }
    if (files.isEmpty()) {
      throw arguments.wrongUsage("there are attestations only, expected the files they are for");
    }
    return List.copyOf(files.values());
  }

  private List<Distribution> read(List<Path> paths) {
    DistributionReader reader = new DistributionReader(!options.noAttestations.value());
    List<Distribution> files = new ArrayList<>();
    for (Path path : paths) {
      try {
        files.add(reader.read(path));
      } catch (IOException e) {
        common.errors(console, spec()).print(e);
      }
    }
    return files;
  }

  private static Map<Distribution, List<String>> objections(
      UploadProtocol protocol, List<Distribution> files) {
    Map<Distribution, List<String>> found = new LinkedHashMap<>();
    for (Distribution file : files) {
      List<String> objections = protocol.objections(file);
      if (!objections.isEmpty()) {
        found.put(file, objections);
      }
    }
    return found;
  }

  private static UploadReport refused(
      UploadProtocol protocol,
      List<Distribution> files,
      Map<Distribution, List<String>> objections) {
    List<UploadResult> results = new ArrayList<>();
    for (Distribution file : files) {
      List<String> reasons = objections.getOrDefault(file, List.of());
      UploadStatus status = reasons.isEmpty() ? UploadStatus.NOT_SENT : UploadStatus.REFUSED;
      results.add(new UploadResult(file, status, String.join("; ", reasons), 0));
    }
    return new UploadReport(
        protocol.repository(),
        results,
        "nothing is sent, because an index would refuse some (--no-check sends them)");
  }
}
