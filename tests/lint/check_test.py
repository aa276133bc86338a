#!/usr/bin/env python3
"""The checks of check.py find planted faults, each one of them, and pass clean code."""
import pathlib
import tempfile
import unittest

import check


class Lint(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        self.write("src/MODULES", "# rank module\n0 base\n2 feed\n2 store\n9 cli\n")
        self.write("src/feed/clean.cpp", '#include "liaison/base/error.hpp"\n#include "feed/part.hpp"\n'
                                         '// printf(new int) in a comment\nconst char* text = "std::cout << new int(3)";\n')

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def faults(self, name):
        check.text_of.cache_clear()
        check.bare_code.cache_clear()
        return list(check.CHECKS[name](self.root))

    def test_clean_code_has_no_faults(self):
        for name in ("ranks", "printing", "habits"):
            self.assertEqual(self.faults(name), [])

    def test_an_include_of_the_same_or_a_higher_rank_is_found(self):
        self.write("src/feed/bad.cpp", '#include "liaison/store/store.hpp"\n')
        self.assertEqual(self.faults("ranks"), ["src/feed/bad.cpp:1: feed (rank 2) may not include store (rank 2): only lower ranks"])

    def test_a_private_header_of_another_module_is_found(self):
        self.write("src/cli/bad.cpp", '\n#include "feed/part.hpp"\n')
        self.assertEqual(self.faults("ranks"), ["src/cli/bad.cpp:2: private header of module 'feed': feed/part.hpp"])

    def test_printing_outside_cli_and_server_is_found(self):
        self.write("src/feed/bad.cpp", "void f() {\n    fmt::print(x);\n}\n")
        self.write("src/cli/good.cpp", "void f() { fmt::print(x); }\n")
        self.assertEqual(len(self.faults("printing")), 1)
        self.assertTrue(self.faults("printing")[0].startswith("src/feed/bad.cpp:2:"))

    def test_habits_are_found(self):
        for line in ("int* p = new int(3);", "delete p;", "// TO" "DO: later", "#define X 1", "using namespace std;",
                     "#include <sqlite3.h>", "auto t = std::chrono::system_clock::now();", '// see /' 'work/main'):
            self.write("src/feed/bad.cpp", line + "\n")
            self.assertEqual(len(self.faults("habits")), 1, line)
        self.write("src/feed/bad.cpp", "Foo(const Foo&) = delete;\n")
        self.assertEqual(self.faults("habits"), [])

    def test_a_readme_without_a_module_is_found(self):
        self.write("README.md", "`feed` and `cli`\n")
        self.assertEqual(self.faults("readme"), [])
        self.write("src/store/a.cpp", "")
        self.assertEqual(self.faults("readme"), ["README.md: does not name the module `store`"])


if __name__ == "__main__":
    unittest.main()
