/* SPDX-License-Identifier: Apache-2.0
 * Loaded by LD_PRELOAD: a program of another machine that the process starts is started under qemu-user.
 * FOREIGN_MACHINE is its e_machine, FOREIGN_EMULATOR the emulator, FOREIGN_ROOT where its loader and libraries are.
 * build: gcc -shared -fPIC -o foreign_exec.so foreign_exec.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*exec_function)(const char *, char *const[], char *const[]);

static int is_foreign(const char *path, int machine) {
  unsigned char head[20];
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    return 0;
  }
  ssize_t size = read(file, head, sizeof head);
  close(file);
  if (size != sizeof head || memcmp(head, "\177ELF", 4) != 0) {
    return 0;
  }
  return machine == (head[5] == 1 ? head[18] | head[19] << 8 : head[18] << 8 | head[19]);
}

int execve(const char *path, char *const argv[], char *const envp[]) {
  exec_function real = (exec_function)dlsym(RTLD_NEXT, "execve");
  const char *machine = getenv("FOREIGN_MACHINE");
  const char *emulator = getenv("FOREIGN_EMULATOR");
  const char *root = getenv("FOREIGN_ROOT");
  if (!machine || !emulator || !root || !is_foreign(path, atoi(machine))) {
    return real(path, argv, envp);
  }
  size_t count = 0, variables = 0;
  while (argv[count]) {
    count++;
  }
  while (envp[variables]) {
    variables++;
  }
  char **arguments = calloc(count + 5, sizeof *arguments);
  char **environment = calloc(variables + 1, sizeof *environment);
  size_t kept = 0;
  for (size_t i = 0; i < variables; i++) {
    if (strncmp(envp[i], "LD_PRELOAD=", 11) != 0) {
      environment[kept++] = envp[i];
    }
  }
  arguments[0] = (char *)emulator;
  arguments[1] = "-L";
  arguments[2] = (char *)root;
  arguments[3] = (char *)path;
  for (size_t i = 1; i < count; i++) {
    arguments[i + 3] = argv[i];
  }
  return real(emulator, arguments, environment);
}
