#pragma once
// What the process returns. Scripts rely on it: 1 is an answer, never an error.

namespace liaison::cli {

enum class ExitCode {
    yes = 0,           ///< done; the answer is yes or not empty
    no = 1,            ///< done; the answer is no: nothing found, stores differ
    usage = 2,         ///< unknown command, bad flag or value, unknown id
    bad_input = 3,     ///< input file, manifest, store or index unreadable, damaged or of another version
    network = 4,
    partial = 5,       ///< finished in part: some feeds refused or failed, some records unchecked
    internal = 70,     ///< a defect of liaison
    interrupted = 130  ///< Ctrl-C; the store is as before the running step
};

}  // namespace liaison::cli
