//===- whistler-run.cpp - runs BPF programs without a kernel ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The command line of the interpreter. docs/Interpreter.md describes it, and
// the requests of --serve.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Server.h"
#include "Whistler/Target/BPF/Disassembler.h"
#include "Whistler/UAPI/Helpers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"
#include <linux/bpf.h>

using namespace whistler;
using namespace whistler::interp;
using llvm::StringRef;
namespace cl = llvm::cl;

static cl::OptionCategory category("Whistler options");
static cl::opt<std::string> input(cl::Positional, cl::Required,
                                  cl::desc("OBJECT"), cl::cat(category));
static cl::opt<std::string>
    programName("program", cl::value_desc("NAME"),
                cl::desc("The program to run, where there are several"),
                cl::cat(category));
static cl::opt<std::string> packetHex("packet", cl::value_desc("HEX"),
                                      cl::desc("The packet's bytes"),
                                      cl::cat(category));
static cl::opt<std::string> contextHex("ctx", cl::value_desc("HEX"),
                                       cl::desc("The context's bytes"),
                                       cl::cat(category));
static cl::opt<unsigned> times("repeat", cl::value_desc("N"), cl::init(1),
                               cl::desc("Run so many times, show the last"),
                               cl::cat(category));
static cl::opt<uint64_t>
    steps("steps", cl::value_desc("N"), cl::init(Environment().stepLimit),
          cl::desc("Stop after so many instructions (default 10000000)"),
          cl::cat(category));
static cl::opt<bool>
    isLenient("uninitialised",
              cl::desc("Let programs read what they did not write"),
              cl::cat(category));
static cl::opt<bool>
    profile("profile", cl::desc("Show how often each instruction was executed"),
            cl::cat(category));
static cl::opt<bool> serves("serve",
                            cl::desc("Answer requests on standard input"),
                            cl::cat(category));

/// Prints an error; returns the exit status.
static int fail(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs(), "whistler-run") << message << "\n";
  return 1;
}

/// The program to run; null after an error.
static const Function *chooseProgram(const Object &object) {
  std::vector<StringRef> names;
  const Function *only = nullptr;
  for (const Function &function : object.functions)
    if (function.isProgram) {
      names.push_back(function.name);
      only = &function;
    }
  if (!programName.empty())
    only = object.findProgram(programName);
  else if (names.size() > 1)
    only = nullptr;
  if (!only)
    fail("name a program with --program; there are: " + llvm::join(names, " "));
  return only;
}

static StringRef getHelperName(int32_t number) {
  const uapi::Helper *helper = uapi::lookupHelperById(number);
  return helper ? helper->cName : StringRef();
}

/// What a 64-bit immediate or a call at the slot refers to.
static std::string getSymbol(const Session &session, uint32_t slot) {
  const Object &object = session.getObject();
  for (const AddressReference &reference : object.addresses)
    if (reference.slot == slot)
      return reference.kind == AddressReference::Function
                 ? session.describeSlot(reference.index)
             : reference.kind == AddressReference::Map
                 ? object.maps[reference.index].name
                 : object.maps[reference.index].name + "+" +
                       std::to_string(reference.offset);
  const Instruction &insn = object.code[slot];
  const Function *callee = object.functionAt(insn.wide);
  bool isCall =
      insn.opcode == (BPF_JMP | BPF_CALL) && insn.src == BPF_PSEUDO_CALL;
  return isCall && callee ? callee->name : "";
}

/// Prints the instructions of all functions that were entered, with counts.
static void printProfile(const Session &session, const RunResult &result) {
  const Object &object = session.getObject();
  std::vector<mlir::bpf::Instruction> slots;
  for (const Instruction &insn : object.code)
    slots.push_back({insn.opcode, insn.dst, insn.src, insn.offset, insn.imm});
  for (const Function &function : object.functions) {
    if (!result.profile[function.start])
      continue;
    llvm::outs() << function.name << ":\n";
    for (uint32_t slot = function.start;
         slot < function.start + function.slots;) {
      llvm::outs() << llvm::format(
          "%10llu  %4u: ", (unsigned long long)result.profile[slot],
          slot - function.start);
      slot += mlir::bpf::printInstruction(
          llvm::outs(), llvm::ArrayRef(slots).drop_front(slot), {getHelperName},
          getSymbol(session, slot));
      llvm::outs() << "\n";
    }
  }
}

static void printResult(const Session &session, const Function &program,
                        const RunResult &result) {
  for (const std::string &line : result.trace)
    llvm::outs() << "trace: " << StringRef(line).rtrim("\n") << "\n";
  if (profile)
    printProfile(session, result);
  if (!result.error.empty())
    return;
  llvm::outs() << program.name << ": " << int32_t(result.value) << "\n"
               << "executed: " << result.executed << "\n";
  if (result.redirection)
    llvm::outs() << "redirect: "
                 << (result.redirection->map
                         ? result.redirection->map->getDefinition().name + " "
                         : "")
                 << result.redirection->index << "\n";
  if (!packetHex.empty())
    llvm::outs() << "packet: " << llvm::toHex(result.packet, true) << "\n";
  if (!contextHex.empty())
    llvm::outs() << "ctx: " << llvm::toHex(result.context, true) << "\n";
}

static int runOnce(Session &session) {
  const Function *program = chooseProgram(session.getObject());
  if (!program)
    return 1;
  RunInput run;
  run.isProfiled = profile;
  for (auto [digits, bytes] : {std::pair(&packetHex, &run.packet),
                               std::pair(&contextHex, &run.context)})
    if (!digits->empty() && !(*bytes = parseHex(*digits)))
      return fail("'" + *digits +
                  "' is not an even number of hexadecimal "
                  "digits");
  RunResult result;
  for (unsigned index = 0; index != times; ++index) {
    result = session.run(*program, run);
    if (!result.error.empty())
      break;
  }
  printResult(session, *program, result);
  llvm::outs().flush();
  if (result.error.empty())
    return 0;
  return fail(session.describeSlot(result.errorSlot) + ": " + result.error);
}

int main(int argc, char **argv) {
  llvm::InitLLVM initLLVM(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv,
                              "Runs BPF programs without a kernel\n");
  auto session = Session::open(input);
  if (!session)
    return fail(llvm::toString(session.takeError()));
  (*session)->getEnvironment().stepLimit = steps;
  (*session)->getEnvironment().isStrict = !isLenient;
  if (serves) {
    serve(**session, stdin);
    return 0;
  }
  return runOnce(**session);
}
