// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import java.nio.file.Path;
import java.util.List;

/** What {@code jwheel upload} takes. */
final class UploadArguments {
  final Argument<List<Path>> files;
  final Argument<String> url;
  final Argument<String> repository;
  final Argument<String> config;
  final Argument<String> protocol;
  final Argument<String> checkUrl;
  final Argument<Boolean> skipExisting;
  final Argument<Boolean> failFast;
  final Argument<Integer> maxRetries;
  final Argument<Boolean> noCheck;
  final Argument<Boolean> dryRun;
  final Argument<Boolean> json;
  final Argument<String> username;
  final Argument<Boolean> passwordStdin;
  final Argument<String> passwordCommand;
  final Argument<String> trustedPublishing;
  final Argument<String> certificates;
  final Argument<String> comment;
  final Argument<Boolean> noAttestations;
  final Argument<String> journal;
  final Argument<Boolean> noJournal;
  final Argument<String> platform;
  final Argument<String> signature;

  UploadArguments(Arguments arguments) {
    files = arguments.files("FILE", "The wheels and source distributions to upload.");
    url = arguments.text("ADDRESS", "Upload to this address.", "--repository-url");
    repository =
        arguments.text("NAME", "Upload to this repository of ~/.pypirc.", "-r", "--repository");
    config = arguments.text("FILE", "Read this file instead of ~/.pypirc.", "--config-file");
    protocol =
        arguments.textOr(
            "index", "NAME", "The protocol: index (the default) or pep243.", "--protocol");
    checkUrl =
        arguments.text(
            "ADDRESS",
            "The simple index that shows what the repository has: asked whether a file arrived"
                + " after all, and with which bytes.",
            "--check-url");
    skipExisting =
        arguments.flag(
            "A file of the same name is enough where nobody knows its bytes.", "--skip-existing");
    failFast = arguments.flag("Stop at the first file that is not taken.", "--fail-fast");
    maxRetries =
        arguments.number("N", "Send a file again at most so often, 5 by default.", "--max-retries");
    noCheck = arguments.flag("Send files that the public index would refuse, too.", "--no-check");
    dryRun = arguments.flag("Check, show the forms, and send nothing.", "--dry-run");
    json = arguments.json("Print the result as JSON.");
    username = arguments.text("NAME", "The user's name.", "-u", "--username");
    passwordStdin = arguments.flag("Read the password from standard input.", "--password-stdin");
    passwordCommand =
        arguments.text(
            "COMMAND", "The password is what this command prints.", "--password-command");
    trustedPublishing =
        arguments.textOr(
            "automatic",
            "MODE",
            "Ask for a token for the identity that the build service vouches for: automatic (where"
                + " there are no other credentials; the default), always or never.",
            "--trusted-publishing");
    certificates =
        arguments.text("FILE", "Trust the certificates in this file, in PEM format.", "--cert");
    comment = arguments.text("TEXT", "A comment to each file.", "--comment");
    noAttestations =
        arguments.flag(
            "Do not send the attestations that lie beside the files.", "--no-attestations");
    journal =
        arguments.text(
            "FILE",
            "Keep the journal in this file instead of .jwheel-upload.json beside the first file.",
            "--journal");
    noJournal = arguments.flag("Keep no journal.", "--no-journal");
    platform =
        arguments.text(
            "PLATFORM",
            "With --protocol pep243: OS-VERSION-ARCHITECTURE-PYTHON in the PEP's words.",
            "--platform");
    signature =
        arguments.text(
            "FILE", "With --protocol pep243: the OpenPGP signature of the file.", "--signature");
    arguments.footer(
        "Wheels are sent before source distributions. A password is never taken from the command"
            + " line: it comes from --password-stdin, --password-command, JWHEEL_PASSWORD,"
            + " TWINE_PASSWORD, ~/.pypirc or ~/.netrc.",
        "Exit status: 0 the repository has every file; 1 it does not have some; 2 wrong usage, or a"
            + " file that cannot be read.");
    arguments.example("jwheel upload --repository-url https://pypi.example/legacy/ dist/*");
  }
}
