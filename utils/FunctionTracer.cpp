//===- FunctionTracer.cpp - The functions that a program calls ------------===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Runs a program and writes the names of its functions, in the order in which
// they are called first: what the linker lays out in that order is all in a few
// pages. There is a breakpoint at the start of each function, which goes when
// it is met, so that a run takes hardly longer than without.
//
//===----------------------------------------------------------------------===//

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/WithColor.h"

#include <fcntl.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;

static cl::opt<std::string> output("o", cl::Required, cl::value_desc("FILE"),
                                   cl::desc("Write the names to this file"));
static cl::list<std::string>
    inputs("input", cl::OneOrMore, cl::value_desc("FILE"),
           cl::desc("Run the command once with this argument added"));
static cl::list<std::string> command(cl::Positional, cl::OneOrMore,
                                     cl::desc("COMMAND..."));

namespace {
/// A function that was not called yet.
struct Function {
  SmallVector<StringRef, 1> names;
  /// The byte in whose place the breakpoint stands.
  uint8_t start = 0;
  bool isCalled = false;
};

/// Runs commands and keeps what they call first.
class Tracer {
public:
  explicit Tracer(const object::ELF64LEObjectFile &program);

  /// Runs the program; false if it could not be traced or has failed.
  bool run(ArrayRef<std::string> arguments);

  /// The names, first called first.
  ArrayRef<StringRef> getNames() const { return called; }

private:
  void insertBreakpoints(pid_t process);
  /// Removes the breakpoint that `process` has stopped at; false if there was
  /// none of ours.
  bool passBreakpoint(pid_t process);

  DenseMap<uint64_t, Function> functions;
  SmallVector<StringRef> called;
};
} // namespace

/// One byte, that a debugger may put anywhere.
static constexpr uint8_t breakpoint = 0xcc;

Tracer::Tracer(const object::ELF64LEObjectFile &program) {
  for (const object::ELFSymbolRef &symbol : program.symbols()) {
    // Some functions of the C library that are chosen at start look alike.
    if (symbol.getELFType() != ELF::STT_FUNC || symbol.getSize() == 0)
      continue;
    Expected<object::section_iterator> section = symbol.getSection();
    Expected<uint64_t> address = symbol.getAddress();
    Expected<StringRef> name = symbol.getName();
    if (!section || !address || !name || *section == program.section_end()) {
      consumeError(section.takeError());
      consumeError(address.takeError());
      consumeError(name.takeError());
      continue;
    }
    StringRef bytes = cantFail((*section)->getContents());
    Function &function = functions[*address];
    function.names.push_back(*name);
    function.start = bytes[*address - (*section)->getAddress()];
  }
}

void Tracer::insertBreakpoints(pid_t process) {
  std::string path = "/proc/" + std::to_string(process) + "/mem";
  int memory = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  for (auto &[address, function] : functions)
    if (!function.isCalled)
      (void)!pwrite(memory, &breakpoint, 1, off_t(address));
  close(memory);
}

bool Tracer::passBreakpoint(pid_t process) {
  user_regs_struct registers;
  ptrace(PTRACE_GETREGS, process, nullptr, &registers);
  uint64_t address = registers.rip - 1;
  auto found = functions.find(address);
  if (found == functions.end())
    return false;
  if (!found->second.isCalled) {
    found->second.isCalled = true;
    llvm::append_range(called, found->second.names);
  }
  long word = ptrace(PTRACE_PEEKTEXT, process, address, nullptr);
  word = (word & ~0xffL) | found->second.start;
  ptrace(PTRACE_POKETEXT, process, address, word);
  registers.rip = address;
  ptrace(PTRACE_SETREGS, process, nullptr, &registers);
  return true;
}

bool Tracer::run(ArrayRef<std::string> arguments) {
  SmallVector<char *> argv;
  for (const std::string &argument : arguments)
    argv.push_back(const_cast<char *>(argument.c_str()));
  argv.push_back(nullptr);
  pid_t process = fork();
  if (process == 0) {
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    // The order of a hash table's entries may hang on where they are.
    personality(ADDR_NO_RANDOMIZE);
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0)
      execv(argv[0], argv.data());
    _exit(127);
  }
  // The first stop is at the program's first instruction.
  int status = 0;
  bool hasStarted = false;
  while (waitpid(process, &status, 0) == process && WIFSTOPPED(status)) {
    int signal = WSTOPSIG(status);
    if (!hasStarted) {
      hasStarted = true;
      insertBreakpoints(process);
      signal = 0;
    } else if (signal == SIGTRAP && passBreakpoint(process)) {
      signal = 0;
    }
    ptrace(PTRACE_CONT, process, nullptr, signal);
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::ParseCommandLineOptions(argc, argv,
                              "Writes the functions that a program calls, in "
                              "the order of their first calls\n");
  ExitOnError exitOnError("function-tracer: ");
  object::OwningBinary<object::ObjectFile> file =
      exitOnError(object::ObjectFile::createObjectFile(command.front()));
  auto *program = dyn_cast<object::ELF64LEObjectFile>(file.getBinary());
  if (!program || program->getArch() != Triple::x86_64 ||
      program->getELFFile().getHeader().e_type != ELF::ET_EXEC)
    exitOnError(createStringError("%s is no executable of a fixed address",
                                  command.front().c_str()));
  Tracer tracer(*program);
  for (const std::string &input : inputs) {
    SmallVector<std::string> arguments(command.begin(), command.end());
    arguments.push_back(input);
    if (!tracer.run(arguments)) {
      // Where processes may not be traced, programs are as the linker made
      // them.
      WithColor::warning(errs(), "function-tracer")
          << "cannot trace '" << join(arguments, " ") << "'\n";
      break;
    }
  }
  std::error_code error;
  ToolOutputFile names(output, error, sys::fs::OF_None);
  exitOnError(errorCodeToError(error));
  for (StringRef name : tracer.getNames())
    names.os() << name << '\n';
  names.keep();
  return 0;
}
