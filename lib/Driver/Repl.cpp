//===- Repl.cpp - the prompt ------------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reads, evaluates, prints, and offers the compiler's own commands.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Driver/Repl.h"

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "Whistler/Lower/Session.h"
#include "Whistler/Reader/Reader.h"
#include "Whistler/Target/BPF/Encoder.h"
#include "Whistler/Target/ELF/OutputFile.h"
#include "Whistler/Target/Object.h"

#include "llvm/LineEditor/LineEditor.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

#include <clocale>
#include <csignal>
#include <cstdio>
#include <functional>
#include <langinfo.h>

using namespace whistler;
using llvm::StringRef;
using mlir::failed;
using mlir::ModuleOp;
using mlir::bpf::FuncOp;
using mlir::whistler::MapOp;
using mlir::whistler::ProgOp;

namespace {
/// Gives the lines of standard input.
class InputLines {
public:
  using Completer = std::function<std::vector<std::string>(StringRef prefix)>;

  explicit InputLines(Completer completer);

  bool isInteractive() const { return editor != nullptr; }
  /// The next line without its end; nothing at the end of the input.
  /// `isContinued` tells that a form has been begun.
  std::optional<std::string> read(bool isContinued);

private:
  std::unique_ptr<llvm::LineEditor> editor;
};

class Repl : public SessionHost {
public:
  explicit Repl(const CompilerOptions &options);

  int run();

  llvm::LogicalResult compileToElf(StringRef path) override;
  std::optional<const Form *>
  callCommand(StringRef name, llvm::ArrayRef<const Form *> args) override;

private:
  using Arguments = llvm::ArrayRef<const Form *>;
  struct Command {
    StringRef name;
    /// Gives whether it succeeded.
    bool (Repl::*run)(Arguments args);
  };
  static const Command commands[];

  /// Evaluates the complete forms at the start of `text` and removes them. What
  /// is left is the beginning of a form, to be called with again.
  void evaluateText(std::string &text);
  void evaluateForm(const Form *form);

  bool quit(Arguments args);
  bool listPrograms(Arguments args);
  bool listMaps(Arguments args);
  bool disassembleProgram(Arguments args);
  bool showIR(Arguments args);

  bool fail(const llvm::Twine &message) {
    compiler.getDiagnostics().error({}, message);
    return false;
  }
  /// The module with one program only, or nothing if there is none of that
  /// name.
  mlir::OwningOpRef<ModuleOp> isolateProgram(const Form *name);
  bool printOutput(ModuleOp module, OutputKind kind);
  std::vector<std::string> complete(StringRef prefix);

  Compiler compiler;
  LowerSession session;
  unsigned numInputs = 0;
  bool hasFailed = false;
  bool isDone = false;
};
} // namespace

//===----------------------------------------------------------------------===//
// Input
//===----------------------------------------------------------------------===//

/// Set by Ctrl-C at the prompt.
static volatile std::sig_atomic_t isInterrupted = 0;

static void handleInterrupt(int) { isInterrupted = 1; }

/// The line editor drops what the locale's encoding does not have, and in the C
/// locale that is everything but ASCII.
static void useUTF8() {
  std::setlocale(LC_CTYPE, "");
  if (StringRef(nl_langinfo(CODESET)) != "UTF-8")
    std::setlocale(LC_CTYPE, "C.UTF-8");
}

/// Where the lines of earlier sessions are.
static std::string getHistoryPath() {
  // An empty path would mean the home directory of the password file. There is
  // no file below one that is no directory, so nothing is read or written.
  const char *home = std::getenv("HOME");
  return home && *home ? llvm::LineEditor::getDefaultHistoryPath("whistler")
                       : "/dev/null/none";
}

/// Whether the end of `text` is inside of a string.
static bool isInString(StringRef text) {
  bool isInside = false;
  for (; !text.empty(); text = text.drop_front()) {
    if (text.front() == '"')
      isInside = !isInside;
    else if (text.front() == '\\' && text.size() > 1)
      text = text.drop_front();
  }
  return isInside;
}

/// What a completion is for: the symbol that ends at the cursor.
static StringRef getSymbolPrefix(StringRef line) {
  size_t start = line.find_last_of("()'`,\"; \t#");
  return start == StringRef::npos ? line : line.drop_front(start + 1);
}

/// The files whose names begin with `prefix`, directories with a `/` behind.
static std::vector<std::string> completeFileName(StringRef prefix) {
  size_t slash = prefix.rfind('/');
  StringRef directory =
      slash == StringRef::npos ? "" : prefix.take_front(slash + 1);
  StringRef beginning = prefix.drop_front(directory.size());
  std::vector<std::string> names;
  std::error_code error;
  llvm::sys::fs::directory_iterator it(directory.empty() ? "." : directory,
                                       error);
  for (; !error && it != llvm::sys::fs::directory_iterator();
       it.increment(error)) {
    StringRef name = llvm::sys::path::filename(it->path());
    bool isHidden = name.starts_with(".") && !beginning.starts_with(".");
    if (isHidden || !name.starts_with(beginning))
      continue;
    bool isDirectory = llvm::sys::fs::is_directory(it->path());
    names.push_back((directory + name + (isDirectory ? "/" : "")).str());
  }
  llvm::sort(names);
  return names;
}

InputLines::InputLines(Completer completer) {
  if (!llvm::sys::Process::StandardInIsUserInput())
    return;
  useUTF8();
  std::signal(SIGINT, handleInterrupt);
  editor = std::make_unique<llvm::LineEditor>("whistler", getHistoryPath());
  editor->setListCompleter([completer](StringRef line, size_t position) {
    line = line.take_front(position);
    bool isFile = isInString(line);
    StringRef prefix =
        isFile ? line.drop_front(line.rfind('"') + 1) : getSymbolPrefix(line);
    std::vector<llvm::LineEditor::Completion> result;
    for (const std::string &name :
         isFile ? completeFileName(prefix) : completer(prefix))
      result.emplace_back(name.substr(prefix.size()), name);
    return result;
  });
}

std::optional<std::string> InputLines::read(bool isContinued) {
  if (editor) {
    editor->setPrompt(isContinued ? "   " : "* ");
    return editor->readLine();
  }
  std::string line;
  int c;
  while ((c = std::getc(stdin)) != EOF && c != '\n')
    line += char(c);
  if (c == EOF && line.empty())
    return std::nullopt;
  return line;
}

//===----------------------------------------------------------------------===//
// The loop
//===----------------------------------------------------------------------===//

/// A prompt shows what code prints, and does not stop after many errors.
static CompilerOptions getPromptOptions(CompilerOptions options) {
  options.lower.lisp.printToStandardOutput = true;
  return options;
}

Repl::Repl(const CompilerOptions &options)
    : compiler(getPromptOptions(options)),
      session(compiler.getDiagnostics(), compiler.getContext(),
              compiler.getOptions().lower, *this) {
  compiler.getDiagnostics().setErrorLimit(0);
}

int Repl::run() {
  InputLines lines([this](StringRef prefix) { return complete(prefix); });
  if (lines.isInteractive())
    llvm::outs() << "Whistler " WHISTLER_VERSION
                    ": (load \"file.lisp\"), (compile-to-elf \"file.bpf.o\"), "
                    "(list-programs), (quit)\n";
  llvm::outs().flush();
  std::string text;
  while (!isDone) {
    // Evaluation ends by itself, at the latest when its time is up.
    isInterrupted = 0;
    std::optional<std::string> line = lines.read(!text.empty());
    if (isInterrupted) {
      llvm::errs() << "interrupted: what was begun is forgotten\n";
      text.clear();
      continue;
    }
    if (!line)
      break;
    if (text.empty())
      ++numInputs;
    text += *line + "\n";
    evaluateText(text);
  }
  if (!isDone && !StringRef(text).trim().empty())
    hasFailed |= !fail("the input ends inside of a form");
  return !lines.isInteractive() && hasFailed ? 1 : 0;
}

void Repl::evaluateText(std::string &text) {
  DiagnosticEngine &diags = compiler.getDiagnostics();
  std::string name = "<input-" + std::to_string(numInputs) + ">";
  unsigned bufferID =
      diags.addBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, name));
  StringRef buffer =
      diags.getSourceMgr().getMemoryBuffer(bufferID)->getBuffer();
  ReaderOptions options;
  options.interactive = true;
  Reader reader(bufferID, session.getForms(), diags, options);
  while (!isDone) {
    const char *start = reader.getLoc().getPointer();
    ReadResult result = reader.read();
    if (result.status == ReadStatus::Incomplete) {
      text = buffer.drop_front(start - buffer.begin()).str();
      return;
    }
    if (result.status == ReadStatus::EndOfInput)
      break;
    if (result.status == ReadStatus::Error)
      hasFailed = true;
    else
      evaluateForm(result.form);
  }
  text.clear();
}

void Repl::evaluateForm(const Form *form) {
  std::optional<std::vector<std::string>> values = session.evaluate(form);
  hasFailed |= !values;
  if (values)
    for (const std::string &value : *values)
      llvm::outs() << value << '\n';
  llvm::outs().flush();
}

//===----------------------------------------------------------------------===//
// Commands
//===----------------------------------------------------------------------===//

const Repl::Command Repl::commands[] = {
    {"QUIT", &Repl::quit},
    {"LIST-PROGRAMS", &Repl::listPrograms},
    {"LIST-MAPS", &Repl::listMaps},
    {"DISASSEMBLE-PROGRAM", &Repl::disassembleProgram},
    {"SHOW-IR", &Repl::showIR},
};

std::optional<const Form *>
Repl::callCommand(StringRef name, llvm::ArrayRef<const Form *> args) {
  for (const Command &command : commands)
    if (command.name == name)
      return (this->*command.run)(args)
                 ? std::optional<const Form *>(session.getForms().getNil())
                 : std::nullopt;
  fail("unknown command `" + name.lower() + "`");
  return std::nullopt;
}

bool Repl::quit(Arguments) {
  isDone = true;
  return true;
}

bool Repl::listPrograms(Arguments) {
  mlir::OwningOpRef<ModuleOp> module = session.getModule().clone();
  if (failed(compiler.lowerToMachineCode(*module)))
    return false;
  for (FuncOp func : module->getOps<FuncOp>()) {
    if (!func.isProgram())
      continue;
    auto code = mlir::bpf::encodeFunction(func);
    if (failed(code))
      return false;
    llvm::outs() << func.getSymName() << ": type " << *func.getProgramType()
                 << ", section \"";
    llvm::outs().write_escaped(*func.getSection())
        << "\", " << code->slots.size() << " instructions\n";
  }
  return true;
}

bool Repl::listMaps(Arguments) {
  for (MapOp map : session.getModule().getOps<MapOp>())
    llvm::outs() << map.getSymName() << ": type " << map.getMapType()
                 << ", keys of " << map.getKeySize() << " bytes, values of "
                 << map.getValueSize() << " bytes, " << map.getMaxEntries()
                 << " entries\n";
  return true;
}

mlir::OwningOpRef<ModuleOp> Repl::isolateProgram(const Form *name) {
  std::string cName;
  if (const Symbol *symbol = name->getSymbol())
    cName = LowerSession::getObjectName(symbol);
  else if (auto *string = llvm::dyn_cast<StringForm>(name))
    cName = string->getValue().str();
  mlir::OwningOpRef<ModuleOp> module = session.getModule().clone();
  bool isFound = false;
  for (ProgOp prog : llvm::make_early_inc_range(module->getOps<ProgOp>())) {
    if (prog.getSymName() == cName)
      isFound = true;
    else
      prog.erase();
  }
  if (isFound)
    return module;
  fail("there is no program `" + name->str() + "`; (list-programs) lists them");
  return nullptr;
}

bool Repl::printOutput(ModuleOp module, OutputKind kind) {
  llvm::SmallVector<char> bytes;
  if (!compiler.emit(module, kind, bytes))
    return false;
  llvm::outs().write(bytes.data(), bytes.size());
  return true;
}

bool Repl::disassembleProgram(Arguments args) {
  if (args.size() != 1)
    return fail("it is written `(disassemble-program 'name)`");
  mlir::OwningOpRef<ModuleOp> module = isolateProgram(args[0]);
  return module && printOutput(*module, OutputKind::Assembly);
}

bool Repl::showIR(Arguments args) {
  static constexpr std::pair<StringRef, OutputKind> stages[] = {
      {"WHISTLER", OutputKind::Whistler},
      {"BPF", OutputKind::BPF},
      {"ASM", OutputKind::Assembly}};
  bool hasStage = args.size() == 3 && args[1]->isKeyword("STAGE");
  if (args.size() != 1 && !hasStage)
    return fail("it is written `(show-ir 'name :stage :whistler)`");
  OutputKind kind = OutputKind::Whistler;
  if (hasStage) {
    const auto *stage = llvm::find_if(
        stages, [&](const auto &s) { return args[2]->isKeyword(s.first); });
    if (stage == std::end(stages))
      return fail("there is no stage `" + args[2]->str() +
                  "`; there are :whistler, :bpf and :asm");
    kind = stage->second;
  }
  mlir::OwningOpRef<ModuleOp> module = isolateProgram(args[0]);
  return module && printOutput(*module, kind);
}

llvm::LogicalResult Repl::compileToElf(StringRef path) {
  mlir::OwningOpRef<ModuleOp> module = session.getModule().clone();
  llvm::SmallVector<char> bytes;
  if (failed(compiler.lowerToMachineCode(*module)) ||
      !compiler.emit(*module, OutputKind::Object, bytes))
    return mlir::failure();
  size_t numPrograms = 0, numInstructions = 0;
  for (FuncOp func : module->getOps<FuncOp>()) {
    numPrograms += func.isProgram();
    numInstructions += mlir::bpf::encodeFunction(func)->slots.size();
  }
  if (llvm::Error error =
          elf::writeFileAtomically(path, StringRef(bytes.data(), bytes.size())))
    return mlir::success(fail(llvm::toString(std::move(error))));
  auto count = [](size_t number, StringRef what) {
    return std::to_string(number) + " " + what.str() + (number == 1 ? "" : "s");
  };
  llvm::outs() << path << ": " << count(numPrograms, "program") << ", "
               << count(numInstructions, "instruction") << ", "
               << count(llvm::range_size(module->getOps<MapOp>()), "map")
               << '\n';
  return mlir::success();
}

/// Names of forms, helpers and of what the session has defined.
std::vector<std::string> Repl::complete(StringRef prefix) {
  std::vector<std::string> names = session.getNames();
  for (const Command &command : commands)
    names.push_back(command.name.lower());
  std::string lower = prefix.lower();
  llvm::erase_if(names, [&](const std::string &name) {
    return !StringRef(name).starts_with(lower);
  });
  llvm::sort(names);
  names.erase(llvm::unique(names), names.end());
  return names;
}

int whistler::runRepl(const CompilerOptions &options) {
  return Repl(options).run();
}
