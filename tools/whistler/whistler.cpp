//===- whistler.cpp - the compiler's command line ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The subcommands, and their options.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Driver/Compiler.h"
#include "Whistler/Driver/DependencyFile.h"
#include "Whistler/Driver/Doctor.h"
#include "Whistler/Driver/MLIROptions.h"
#include "Whistler/Driver/Repl.h"
#include "Whistler/Target/Bindings.h"
#include "Whistler/Target/ELF/OutputFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/BuryPointer.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/WithColor.h"

using namespace whistler;
namespace cl = llvm::cl;
using mlir::whistler::OptLevel;

static cl::OptionCategory category("Whistler options");
static cl::SubCommand compileCommand("compile", "Compile source files");
static cl::SubCommand
    disasmCommand("disasm", "Show the instructions of each source line");
static cl::SubCommand replCommand("repl",
                                  "A Lisp prompt with the compiler in it");
static cl::SubCommand
    doctorCommand("doctor", "Tell what this machine lacks to load programs");

static cl::list<std::string> compileInputs(cl::Positional, cl::OneOrMore,
                                           cl::desc("FILE..."),
                                           cl::sub(compileCommand),
                                           cl::cat(category));
static cl::opt<std::string> disasmInput(cl::Positional, cl::Required,
                                        cl::desc("FILE"),
                                        cl::sub(disasmCommand),
                                        cl::cat(category));
static cl::opt<std::string>
    output("o", cl::value_desc("OUT"),
           cl::desc("Write to this file; - is standard output"),
           cl::sub(compileCommand), cl::cat(category));
static cl::opt<OutputKind> outputKind(
    "emit", cl::desc("What to write:"), cl::init(OutputKind::Object),
    cl::values(clEnumValN(OutputKind::Object, "elf", "an object file"),
               clEnumValN(OutputKind::Assembly, "asm", "an annotated listing"),
               clEnumValN(OutputKind::BTF, "btf", "the types of the object"),
               clEnumValN(OutputKind::Lowered, "whistler-import",
                          "the whistler dialect before optimisation"),
               clEnumValN(OutputKind::Whistler, "whistler",
                          "the optimised whistler dialect"),
               clEnumValN(OutputKind::Bytecode, "mlirbc",
                          "the optimised whistler dialect, as bytecode"),
               clEnumValN(OutputKind::Selected, "bpf-isel",
                          "the bpf dialect after instruction selection"),
               clEnumValN(OutputKind::Allocated, "bpf-regalloc",
                          "the bpf dialect after register allocation"),
               clEnumValN(OutputKind::BPF, "bpf", "the final bpf dialect"),
               clEnumValN(OutputKind::LLVMIR, "llvm",
                          "LLVM IR, for the tools of LLVM")),
    cl::sub(compileCommand), cl::cat(category));
static cl::opt<Backend> backend(
    "backend", cl::desc("What makes instructions:"),
    cl::init(Backend::Whistler),
    cl::values(clEnumValN(Backend::Whistler, "whistler",
                          "the compiler itself (default)"),
               clEnumValN(Backend::LLVM, "llvm",
                          "LLVM's BPF target, from its shared library")),
    cl::sub(compileCommand), cl::cat(category));
static cl::opt<bool>
    emitBytecode("emit-bytecode",
                 cl::desc("Write what --emit gives of a dialect as bytecode"),
                 cl::sub(compileCommand), cl::cat(category));
static cl::list<std::string>
    bindings("gen", cl::CommaSeparated, cl::value_desc("LANGUAGE,..."),
             cl::desc("Declare structs, constants and names in these languages "
                      "(c, go, rust, python, lisp or all), beside the output"),
             cl::sub(compileCommand), cl::cat(category));
static cl::opt<std::string>
    bindingsName("gen-name", cl::value_desc("NAME"),
                 cl::desc("Name packages and include guards of declarations "
                          "after this (default: after the output)"),
                 cl::sub(compileCommand), cl::cat(category));
static cl::opt<bool>
    writesDependencies("MD",
                       cl::desc("Write what was read for the output as a rule "
                                "for make, beside the output"),
                       cl::sub(compileCommand), cl::cat(category));
static cl::opt<std::string>
    dependencyFile("MF", cl::value_desc("FILE"),
                   cl::desc("Write the rule of -MD to this file"),
                   cl::sub(compileCommand), cl::cat(category));
static cl::list<std::string> dependencyTargets(
    "MT", cl::value_desc("TARGET"),
    cl::desc("What the rule of -MD is for (default: the outputs)"),
    cl::sub(compileCommand), cl::cat(category));
static cl::opt<std::string>
    remarks("remarks", cl::ValueOptional, cl::value_desc("REGEX"),
            cl::desc("Tell what the passes did and did not do, those whose "
                     "names match (default all)"),
            cl::sub(compileCommand), cl::cat(category));
static cl::opt<std::string> remarksPassed("remarks-passed", cl::ValueOptional,
                                          cl::value_desc("REGEX"),
                                          cl::desc("Tell only what they did"),
                                          cl::sub(compileCommand),
                                          cl::cat(category));
static cl::opt<std::string> remarksMissed(
    "remarks-missed", cl::ValueOptional, cl::value_desc("REGEX"),
    cl::desc("Tell only what they would have done but for some reason"),
    cl::sub(compileCommand), cl::cat(category));
static cl::opt<std::string>
    remarksAnalysis("remarks-analysis", cl::ValueOptional,
                    cl::value_desc("REGEX"),
                    cl::desc("Tell only what they found out, sizes among it"),
                    cl::sub(compileCommand), cl::cat(category));
static cl::opt<std::string>
    remarksOutput("remarks-output", cl::value_desc("FILE"),
                  cl::desc("Write remarks to this file, instead of showing "
                           "them at the source"),
                  cl::sub(compileCommand), cl::cat(category));
static cl::opt<llvm::remarks::Format> remarksFormat(
    "remarks-format", cl::desc("The format of that file:"),
    cl::init(llvm::remarks::Format::YAML),
    cl::values(clEnumValN(llvm::remarks::Format::YAML, "yaml",
                          "YAML, as LLVM's tools read it (default)"),
               clEnumValN(llvm::remarks::Format::Bitstream, "bitstream",
                          "LLVM's bitstream of remarks")),
    cl::sub(compileCommand), cl::cat(category));
static cl::opt<OptLevel> optLevel(
    "O", cl::Prefix, cl::desc("Optimisation level:"), cl::init(OptLevel::O2),
    cl::values(clEnumValN(OptLevel::O0, "0", "variables become values only"),
               clEnumValN(OptLevel::O1, "1", "cheap optimisations"),
               clEnumValN(OptLevel::O2, "2", "all optimisations (default)"),
               clEnumValN(OptLevel::Os, "s", "all, for few instructions")),
    cl::sub(compileCommand), cl::sub(disasmCommand), cl::sub(replCommand),
    cl::cat(category));
static cl::opt<std::string>
    cpu("mcpu", cl::value_desc("v1..v4"),
        cl::desc("The newest instruction set version to use (default v3, or "
                 "what --min-kernel has)"),
        cl::sub(compileCommand), cl::sub(disasmCommand), cl::sub(replCommand),
        cl::cat(category));
static cl::opt<std::string> minKernel(
    "min-kernel", cl::value_desc("X.Y"),
    cl::desc("The oldest kernel to compile for: what it lacks is refused, what "
             "it has is made use of (default 5.4, and nothing is refused)"),
    cl::sub(compileCommand), cl::sub(disasmCommand), cl::sub(replCommand),
    cl::cat(category));
static cl::opt<bool> verbose("v", cl::desc("Tell what needs the newest kernel"),
                             cl::sub(compileCommand), cl::cat(category));
static cl::opt<bool>
    noContextRelocations("no-ctx-core",
                         cl::desc("Do not relocate context fields, for kernels "
                                  "without BTF"),
                         cl::sub(compileCommand), cl::sub(disasmCommand),
                         cl::sub(replCommand), cl::cat(category));

static cl::opt<std::string>
    btfFile("btf", cl::value_desc("FILE"), cl::init("/sys/kernel/btf/vmlinux"),
            cl::desc("Where the kernel's types are imported from (default: the "
                     "running kernel)"),
            cl::sub(compileCommand), cl::sub(disasmCommand),
            cl::sub(replCommand), cl::cat(category));
static cl::opt<bool>
    noEval("no-eval",
           cl::desc("Refuse compile-time evaluation, for sources that are not "
                    "trusted: it runs with your rights"),
           cl::sub(compileCommand), cl::sub(disasmCommand),
           cl::sub(replCommand), cl::cat(category));
static cl::opt<unsigned>
    evalTimeout("eval-timeout", cl::value_desc("SECONDS"), cl::init(10),
                cl::desc("How long one compile-time evaluation may take "
                         "(default 10)"),
                cl::sub(compileCommand), cl::sub(disasmCommand),
                cl::sub(replCommand), cl::cat(category));
static cl::opt<unsigned>
    evalHeap("eval-heap", cl::value_desc("MB"), cl::init(256),
             cl::desc("How much memory compile-time evaluation may use "
                      "(default 256)"),
             cl::sub(compileCommand), cl::sub(disasmCommand),
             cl::sub(replCommand), cl::cat(category));

static int fail(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs(), "whistler") << message << '\n';
  return 1;
}

/// Fills in what programs are compiled for; false after an error.
static bool getTarget(CompilerOptions &options) {
  const uapi::InstructionSet *set = nullptr;
  if (!cpu.empty() && !(set = uapi::lookupInstructionSet(cpu)))
    return !fail("--mcpu is v1, v2, v3 or v4, not '" + cpu + "'");
  if (!minKernel.empty() &&
      !(options.minKernel = uapi::KernelVersion::parse(minKernel)))
    return !fail("--min-kernel is a version of Linux such as 6.1, not '" +
                 minKernel + "'");
  if (set && options.minKernel && *options.minKernel < set->since)
    return !fail("--mcpu=" + cpu + " needs Linux " + set->since.str() +
                 ", and --min-kernel is " + minKernel);
  options.cpu = (set ? *set
                     : uapi::getInstructionSet(
                           options.minKernel.value_or(uapi::defaultMinKernel)))
                    .name.str();
  return true;
}

/// The languages of `--gen`, each once, or nothing after an error.
static std::optional<std::vector<const BindingLanguage *>> getBindings() {
  llvm::SetVector<const BindingLanguage *> languages;
  for (llvm::StringRef name : bindings) {
    const BindingLanguage *language = lookupBindingLanguage(name);
    if (!language && name != "all") {
      std::string known;
      for (const BindingLanguage &other : getBindingLanguages())
        known += other.name.str() + " ";
      fail("--gen knows no language '" + name + "'; there are " + known +
           "and all");
      return std::nullopt;
    }
    for (const BindingLanguage &other : getBindingLanguages())
      if (name == "all" || &other == language)
        languages.insert(&other);
  }
  return std::vector<const BindingLanguage *>(languages.begin(),
                                              languages.end());
}

/// The other options beside those of `options`.
static CompilerOptions addOptions(CompilerOptions options) {
  options.lower.lisp.allowEvaluation = !noEval;
  options.lower.lisp.timeoutSeconds = evalTimeout;
  options.lower.lisp.heapMegabytes = evalHeap;
  options.lower.relocateContext = !noContextRelocations;
  options.lower.btfPath = btfFile;
  options.optLevel = optLevel;
  options.backend = backend;
  options.isVerbose = verbose;
  options.writesBytecode = emitBytecode;
  return options;
}

/// The output for an input when none is named: beside where the command runs.
static std::string getDefaultOutput(llvm::StringRef input) {
  switch (outputKind) {
  case OutputKind::Object:
    return (input == "-" ? "a" : llvm::sys::path::stem(input).str()) + ".bpf.o";
  default:
    return "-";
  }
}

/// Where the rule of -MD for an output goes: `x.bpf.o` has it in `x.bpf.d`.
static std::string getDependencyPath(llvm::StringRef path) {
  if (!dependencyFile.empty())
    return dependencyFile;
  llvm::SmallString<128> result(path);
  llvm::sys::path::replace_extension(result, "d");
  return result.str().str();
}

/// Writes what the outputs of `compiler` depend on. False after an error.
static bool writeDependencies(llvm::StringRef outputPath,
                              const Compiler &compiler) {
  std::string path = getDependencyPath(outputPath);
  std::vector<std::string> files = compiler.getInputFiles();
  for (const std::string &file : files)
    if (llvm::sys::fs::equivalent(path, file))
      return !fail("the rule of -MD would overwrite '" + file +
                   "'; name another file with -MF");
  std::vector<std::string> targets = dependencyTargets;
  if (targets.empty())
    targets = compiler.getOutputFiles();
  std::string text;
  llvm::raw_string_ostream os(text);
  printDependencies(os, targets, files);
  llvm::Error error = elf::writeFileAtomically(path, text);
  return !error || !fail(llvm::toString(std::move(error)));
}

/// Reports dependency options that do not say where to write, or for what.
static bool checkDependencyOptions() {
  if (!writesDependencies)
    return (dependencyFile.empty() && dependencyTargets.empty()) ||
           !fail("-MF and -MT are about the rule that -MD writes; give that, "
                 "too");
  if (compileInputs.size() > 1 &&
      !(dependencyFile.empty() && dependencyTargets.empty()))
    return !fail("-MF and -MT are about one rule, and there are several "
                 "inputs");
  for (const std::string &input : compileInputs)
    if (dependencyFile.empty() &&
        (output.empty() ? getDefaultOutput(input) : output) == "-")
      return !fail("the rule of -MD is written beside the output, which is "
                   "standard output; name a file with -MF");
  return true;
}

/// Compiles `input` with a fresh `compiler`.
static bool compileFile(llvm::StringRef input, Compiler &compiler) {
  if (!compiler.readSource(input))
    return false;
  // A source that says where its objects go needs no output beside them.
  bool isSourceSaying =
      outputKind == OutputKind::Object && compiler.hasRequestedObjects();
  if (output.empty() && isSourceSaying)
    return compiler.writeRequestedObjects();
  if (!compiler.writeOutput(outputKind,
                            output.empty() ? getDefaultOutput(input) : output))
    return false;
  return !isSourceSaying || compiler.writeRequestedObjects();
}

/// The same, with what -MD asks for.
static bool compileWithDependencies(llvm::StringRef input, Compiler &compiler) {
  return compileFile(input, compiler) &&
         (!writesDependencies ||
          writeDependencies(output.empty() ? getDefaultOutput(input) : output,
                            compiler));
}

/// Reports an input that another one's declarations would overwrite.
static bool checkBindingPaths(llvm::StringRef input, llvm::StringRef path,
                              const CompilerOptions &options) {
  for (const BindingLanguage *language : options.bindings) {
    std::string declarations = getBindingsPath(path, *language);
    for (llvm::StringRef other : compileInputs) {
      if (!llvm::sys::fs::equivalent(declarations, other))
        continue;
      fail("the declarations for '" + input + "' would overwrite '" + other +
           "'; give one of them another name");
      return false;
    }
  }
  return true;
}

/// Reports two inputs whose outputs would have the same name.
static bool checkOutputNames(const CompilerOptions &options) {
  llvm::StringMap<llvm::StringRef> inputs;
  for (llvm::StringRef input : compileInputs) {
    std::string path = output.empty() ? getDefaultOutput(input) : output;
    if (!checkBindingPaths(input, path, options))
      return false;
    auto [it, isNew] = inputs.try_emplace(path, input);
    if (isNew || path == "-")
      continue;
    fail("'" + it->second + "' and '" + input + "' would both become '" + path +
         "'; compile them one at a time, with -o");
    return false;
  }
  return true;
}

/// The names that match a part of `option`, as a regular expression for all of
/// a name; none if the option is not there. Sets `isWrong` after an error.
static std::optional<std::string> getPattern(const cl::opt<std::string> &option,
                                             bool &isWrong) {
  if (option.getNumOccurrences() == 0)
    return std::nullopt;
  std::string error;
  if (option.empty())
    return ".*";
  if (llvm::Regex(option).isValid(error))
    return ".*(" + option + ").*";
  isWrong = fail("--" + option.ArgStr + ": '" + option +
                 "' is not a regular expression: " + error);
  return std::nullopt;
}

/// Fills in which remarks are asked for; false after an error.
static bool getRemarks(RemarkOptions &options) {
  bool isWrong = false;
  std::optional<std::string> all = getPattern(remarks, isWrong);
  bool isFileAlone = !remarksOutput.empty() &&
                     !remarksPassed.getNumOccurrences() &&
                     !remarksMissed.getNumOccurrences() &&
                     !remarksAnalysis.getNumOccurrences();
  if (!all && isFileAlone)
    all = ".*";
  auto choose = [&](const cl::opt<std::string> &option) {
    std::optional<std::string> pattern = getPattern(option, isWrong);
    return pattern ? pattern : all;
  };
  options.passes.passed = choose(remarksPassed);
  options.passes.missed = choose(remarksMissed);
  options.passes.analysis = choose(remarksAnalysis);
  options.passes.failed = all;
  options.outputPath = remarksOutput;
  options.format = remarksFormat;
  return !isWrong;
}

/// Reports an option that names a file where there are several inputs.
static bool checkSingleOutputs() {
  for (const cl::opt<std::string> *option : {&output, &remarksOutput})
    if (!option->empty() && compileInputs.size() > 1)
      return !fail((option->ArgStr.size() == 1 ? "-" : "--") + option->ArgStr +
                   " names one file, and there are several inputs");
  return true;
}

static int runCompile(CompilerOptions options) {
  if (!checkSingleOutputs() || !getRemarks(options.remarks))
    return 1;
  std::optional<std::vector<const BindingLanguage *>> languages = getBindings();
  if (!languages)
    return 1;
  options.bindings = std::move(*languages);
  options.bindingsName = bindingsName;
  if (!checkOutputNames(options) || !checkDependencyOptions())
    return 1;
  bool succeeded = true;
  for (const std::string &input : compileInputs) {
    auto compiler = std::make_unique<Compiler>(options);
    succeeded &=
        compiler->enableRemarks() && compileWithDependencies(input, *compiler);
    compiler->reportRemarks();
    // The end of the process frees everything at once.
    if (&input == &*std::prev(compileInputs.end()))
      llvm::BuryPointer(std::move(compiler));
  }
  return succeeded ? 0 : 1;
}

static int runDisasm(const CompilerOptions &options) {
  Compiler compiler(options);
  bool succeeded = compiler.readSource(disasmInput) &&
                   compiler.writeOutput(OutputKind::Assembly, "-");
  return succeeded ? 0 : 1;
}

static void printVersion(llvm::raw_ostream &os) {
  os << "whistler " WHISTLER_VERSION "\n";
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  MLIROptions mlirOptions({argv, size_t(argc)},
                          {&compileCommand, &disasmCommand});
  cl::HideUnrelatedOptions(category);
  for (cl::SubCommand *command :
       {&compileCommand, &disasmCommand, &doctorCommand, &replCommand})
    cl::HideUnrelatedOptions({&category, &MLIROptions::getCategory()},
                             *command);
  cl::SetVersionPrinter(printVersion);
  cl::ParseCommandLineOptions(argc, argv, "A Lisp that compiles to eBPF\n");
  CompilerOptions target;
  if (!getTarget(target))
    return 1;
  mlirOptions.apply(target);
  if (compileCommand)
    return runCompile(addOptions(target));
  if (disasmCommand)
    return runDisasm(addOptions(target));
  if (replCommand)
    return runRepl(addOptions(target));
  if (doctorCommand)
    return runDoctor(llvm::outs()) ? 0 : 1;
  return fail(
      "no command; there are compile, disasm, doctor and repl (`whistler "
      "--help` tells more)");
}
