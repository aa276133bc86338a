// argv to exit code.

#include "liaison/cli/process.hpp"

int main(int argc, char** argv) { return liaison::cli::run_process({argv + 1, argv + argc}); }
