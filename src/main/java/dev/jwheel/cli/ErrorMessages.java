package dev.jwheel.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in one line what an exception means to the user. */
final class ErrorMessages {
  private ErrorMessages() {}

  static String message(Throwable problem) {
    if (problem instanceof NoSuchFileException e) {
      return e.getFile() + ": no such file or directory";
    }
    if (problem instanceof AccessDeniedException e) {
      return e.getFile() + ": permission denied";
    }
    if (problem instanceof NotDirectoryException e) {
      return e.getFile() + ": not a directory";
    }
    if (problem instanceof FileAlreadyExistsException e) {
      return e.getFile() + ": exists already";
    }
    if (problem instanceof FileSystemException e && e.getReason() != null) {
      return e.getFile() + ": " + e.getReason();
    }
    if (problem instanceof CharacterCodingException) {
      return "the text is not UTF-8";
    }
    if (problem instanceof RuntimeException || problem instanceof Error) {
      return "internal error: " + problem + " (--debug shows where)";
    }
    String message = problem.getMessage();
    return message == null
        ? problem instanceof IOException ? "input or output failed" : problem.toString()
        : message;
  }
}
