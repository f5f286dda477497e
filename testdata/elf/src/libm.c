double cos(double x) { return x; }
