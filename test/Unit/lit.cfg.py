# The GoogleTest programs of unittests/, one test for each test case.

import os

import lit.formats

config.name = "Whistler-Unit"
config.suffixes = []
config.test_source_root = os.path.join(config.whistler_binary_dir, "unittests")
config.test_exec_root = config.test_source_root
config.test_format = lit.formats.GoogleTest(".", "Tests")
