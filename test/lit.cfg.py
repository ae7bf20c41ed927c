# Configuration of the test suite: which files are tests, what they may use.

import ctypes
import os
import shutil
import subprocess
import sys
import sysconfig

import lit.formats
from lit.llvm import llvm_config

config.name = "Whistler"
config.test_format = lit.formats.ShTest(not llvm_config.use_lit_shell)
config.suffixes = [".lisp", ".mlir", ".test"]
config.excludes = ["Inputs", "CMakeLists.txt"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.whistler_binary_dir, "test")

tools_dir = os.path.join(config.whistler_binary_dir, "bin")
llvm_config.with_environment("PATH", tools_dir, append_path=True)
llvm_config.with_environment("PATH", config.llvm_tools_dir, append_path=True)
llvm_config.with_environment("FILECHECK_OPTS", "-enable-var-scope")
# Administrators' tools are not in every user's PATH.
config.environment["PATH"] += os.pathsep + os.pathsep.join(["/usr/sbin", "/sbin"])


def runs(command):
    """Whether a program is there and does something; a stub of an installer is
    there only."""
    if not shutil.which(command[0], path=config.environment["PATH"]):
        return False
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          env=config.environment).returncode == 0


# Compilers of the languages that declarations are written in, bpftool, what
# other projects build with, shells, and what shows manual pages.
for feature, command in [
        ("bpftool", ["bpftool", "version"]),
        ("clang", ["clang-22", "--version"]), ("cmake", ["cmake", "--version"]),
        ("cpack", ["cpack", "--version"]),
        ("dpkg", ["dpkg-shlibdeps", "--version"]),
        ("gcc", ["gcc", "--version"]), ("g++", ["g++", "--version"]),
        ("go", ["go", "version"]), ("mlir-opt", ["mlir-opt", "--version"]),
        ("ninja", ["ninja", "--version"]),
        ("pkg-config", ["pkg-config", "--version"]),
        ("rustc", ["rustc", "--version"]), ("sbcl", ["sbcl", "--version"]),
        ("bash", ["bash", "--version"]), ("zsh", ["zsh", "--version"]),
        ("fish", ["fish", "--version"]), ("groff", ["groff", "--version"])]:
    if runs(command):
        config.available_features.add(feature)

# The second backend's code generator, and LLVM's own tools around it.
try:
    ctypes.CDLL(config.llvm_shared_library)
    config.available_features.add("libllvm")
except OSError:
    pass



def is_on(value):
    """Whether CMake takes a variable for true."""
    return value.upper() not in ("", "0", "OFF", "FALSE", "NO")


# The tools themselves do without that library, unless they are linked with it.
if not is_on(config.links_llvm_dylib):
    config.available_features.add("static-llvm")
if is_on(config.orders_functions):
    config.available_features.add("ordered-functions")

# clang makes objects that test the tools without our compiler.
if shutil.which("clang-22", path=config.environment["PATH"]):
    config.available_features.add("clang-bpf")
    config.substitutions.append(
        ("%clang-bpf", "clang-22 -O2 -g --target=bpf -mcpu=v3 -I/usr/include/%s" %
         (sysconfig.get_config_var("MULTIARCH") or "")))

config.substitutions.append(("%whistler", os.path.join(tools_dir, "whistler")))
config.substitutions.append(("%python", sys.executable))
config.substitutions.append(("%llvm-tools", config.llvm_tools_dir))
config.substitutions.append(("%{llvm-library}", config.llvm_shared_library))
config.substitutions.append(("%{ecl-library}", config.ecl_library))
for script in ("move-btf", "check-stack-init"):
    config.substitutions.append(
        ("%" + script, "%s %s" % (sys.executable, os.path.join(
            config.whistler_source_dir, "utils", script))))
config.substitutions.append(("%source-dir", config.whistler_source_dir))

# What of the running kernel may be used is found out by trying.
features = subprocess.run(
    [sys.executable, os.path.join(config.whistler_source_dir, "utils", "bpf-features")],
    stdout=subprocess.PIPE, text=True, check=True, env=config.environment)
config.available_features.update(features.stdout.split())
