// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The page of a project in a simple index.
 *
 * @param address where the page is, which relative addresses in it count from
 * @param files the files that it lists
 */
public record SimplePage(URI address, List<SimpleFile> files) {

  public SimplePage {
    files = List.copyOf(files);
  }

  /** The absolute address of a file, without credentials; empty where it has none of HTTP. */
  public Optional<URI> addressOf(SimpleFile file) {
    try {
      URI absolute = address.resolve(URI.create(file.address().strip()));
      return Optional.of(RemoteAddress.parse(absolute.toString()).uri());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
