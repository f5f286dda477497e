// SPDX-License-Identifier: Apache-2.0
// The extension module of the example wheel: example.checksum(bytes) -> int. It is built for the stable ABI of Python 3.8; what it uses of that ABI is declared here,
// so that no Python headers are needed to make the fixtures.
typedef struct { long count; void *type; } Object;
typedef struct { const char *name; Object *(*call)(Object *, Object *); int flags; const char *doc; } Method;
typedef struct { Object head; void *init; long index; void *copy; const char *name, *doc; long size; Method *methods; void *slots, *traverse, *clear, *free; } Module;
enum { ONE_ARGUMENT = 0x8, PYTHON_3 = 3 };

Object *PyModule_Create2(Module *, int);
Object *PyLong_FromUnsignedLong(unsigned long);
int PyBytes_AsStringAndSize(Object *, char **, long *);

void *memcpy(void *, const void *, unsigned long);
void *malloc(unsigned long);
void free(void *);
unsigned long crc32(unsigned long, const char *, unsigned);
unsigned foo_fold(const char *, unsigned);

static Object *checksum(Object *self, Object *argument) {
  char *bytes;
  long size;
  if (PyBytes_AsStringAndSize(argument, &bytes, &size) < 0) return 0;
  char *copy = malloc(size + 1);
  memcpy(copy, bytes, size);
  unsigned long sum = crc32(0, copy, size) ^ foo_fold(copy, size);
  free(copy);
  return PyLong_FromUnsignedLong(sum);
}

static Method methods[] = {{"checksum", checksum, ONE_ARGUMENT, "The CRC-32 of some bytes, folded by libfoo."}, {0}};
static Module module = {{1, 0}, 0, 0, 0, "example", "A checksum.", -1, methods, 0, 0, 0, 0};

Object *PyInit_example(void) { return PyModule_Create2(&module, PYTHON_3); }
