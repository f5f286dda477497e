// SPDX-License-Identifier: Apache-2.0
// The external library of the example wheel: foo_fold() adds up the bytes it is given.
unsigned foo_fold(const char *bytes, unsigned size) {
  unsigned sum = 0;
  while (size-- > 0) sum += (unsigned char) *bytes++;
  return sum;
}
