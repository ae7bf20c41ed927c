//===- ModuleLowering.cpp - top-level forms ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Dispatches top-level forms, and handles the declarations that need no file of
// their own.
//
//===----------------------------------------------------------------------===//

#include "ModuleLowering.h"

#include "Forms.h"
#include "Whistler/Reader/Reader.h"
#include "Whistler/UAPI/Helpers.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "llvm/ADT/StringSwitch.h"

using namespace whistler;

const ModuleLowering::Declaration ModuleLowering::declarations[] = {
    {"IN-PACKAGE", 1, "(in-package #:whistler)",
     &ModuleLowering::lowerInPackage},
    {"DEFMAP", 1,
     "(defmap name :type type :key-size n :value-size n :max-entries n)",
     &ModuleLowering::lowerMap},
    {"DEFPROG", 2, "(defprog name (:type type ...) body...)",
     &ModuleLowering::lowerProgram},
    {"DEFCONSTANT", 2, "(defconstant +name+ value)",
     &ModuleLowering::lowerConstant},
    {"DEFHEADER", 2, "(defheader name (field :offset n :type type) ...)",
     &ModuleLowering::lowerHeader},
    {"COMPILE-TO-ELF", 1, "(compile-to-elf \"file\")",
     &ModuleLowering::lowerCompileToElf},
};

LoweredSource whistler::lowerSource(unsigned bufferID, DiagnosticEngine &diags,
                                    mlir::MLIRContext &context,
                                    const LowerOptions &options) {
  context.loadDialect<mlir::arith::ArithDialect, mlir::cf::ControlFlowDialect,
                      mlir::whistler::WhistlerDialect>();
  return ModuleLowering(diags, context, options).run(bufferID);
}

mlir::Location whistler::getLocation(llvm::SMRange range,
                                     const DiagnosticEngine &diags,
                                     mlir::MLIRContext *context) {
  std::optional<SourceExtent> extent = diags.getExtent(range);
  if (!extent)
    return mlir::UnknownLoc::get(context);
  return mlir::FileLineColRange::get(
      mlir::StringAttr::get(context, extent->filename), extent->startLine,
      extent->startColumn, extent->endLine, extent->endColumn);
}

LoweredSource ModuleLowering::run(unsigned bufferID) {
  llvm::StringRef text =
      diags.getSourceMgr().getMemoryBuffer(bufferID)->getBuffer();
  auto start = llvm::SMLoc::getFromPointer(text.begin());
  result.module = mlir::ModuleOp::create(
      builder, getLocation({start, start}, diags, &context));
  builder.setInsertionPointToEnd(result.module->getBody());

  FormContext forms;
  Reader reader(bufferID, forms, diags);
  for (;;) {
    ReadResult read = reader.read();
    if (read.status == ReadStatus::EndOfInput)
      break;
    if (read.status == ReadStatus::Form)
      lowerTopLevel(read.form);
    else
      env.hasUnreadForms = true;
  }
  if (diags.hasErrors())
    return LoweredSource();
  return std::move(result);
}

//===----------------------------------------------------------------------===//
// Dispatch
//===----------------------------------------------------------------------===//

bool whistler::diagnoseUnavailable(const Form *form, llvm::StringRef name,
                                   DiagnosticEngine &diags) {
  static constexpr llvm::StringLiteral unavailable[] = {
      "CORE-READ",
      "DECLAIM",
      "DEFCLASS",
      "DEFGENERIC",
      "DEFGLOBAL",
      "DEFINE-COMPILER-MACRO",
      "DEFINE-CONDITION",
      "DEFINE-MODIFY-MACRO",
      "DEFINE-SETF-EXPANDER",
      "DEFINE-SYMBOL-MACRO",
      "DEFMACRO",
      "DEFMETHOD",
      "DEFN",
      "DEFPACKAGE",
      "DEFPARAMETER",
      "DEFSETF",
      "DEFSTRUCT",
      "DEFTRACEPOINT",
      "DEFTYPE",
      "DEFUN",
      "DEFUNION",
      "DEFVAR",
      "ENUM-VALUE",
      "EVAL-WHEN",
      "FIELD-EXISTS",
      "IMPORT-KERNEL-STRUCT",
      "LOAD",
      "MACROLET",
      "REQUIRE",
      "RINGBUF-DISCARD",
      "RINGBUF-OUTPUT",
      "RINGBUF-RESERVE",
      "RINGBUF-SUBMIT",
      "SIZEOF",
      "SYMBOL-MACROLET",
      "TYPE-SIZE",
      "WITH-RINGBUF",
  };
  if (!llvm::is_contained(unavailable, name))
    return false;
  diags.error(listElement(form, 0)->getRange(),
              "`" + name.lower() + "` is not available yet");
  return true;
}

void ModuleLowering::lowerTopLevel(const Form *form) {
  const Symbol *op = listOperator(form);
  bool isData =
      op && (op->is("QUOTE") || op->is("FUNCTION") || op->getPackage() == "SI");
  if (!op || isData) {
    if (auto *unevaluated = llvm::dyn_cast<UnevaluatedForm>(form))
      diags.error(form->getRange(), "compile-time evaluation (`" +
                                        getText(unevaluated) +
                                        "`) is not available yet");
    else
      diags.error(form->getRange(), "a top-level form has to be a declaration "
                                    "such as `(defprog ...)`");
    return;
  }
  const auto *entry = op->isLanguageName()
                          ? llvm::find_if(declarations,
                                          [&](const auto &e) {
                                            return e.name == op->getName();
                                          })
                          : std::end(declarations);
  if (entry == std::end(declarations)) {
    // `load` names a file at top level, and is a memory access in a program.
    if (op->isLanguageName() && diagnoseUnavailable(form, op->getName(), diags))
      return;
    std::vector<std::string> names;
    for (const Declaration &declaration : declarations)
      names.push_back(declaration.name.lower());
    bool isProgramForm =
        op->isLanguageName() &&
        (isForm(op->getName()) || op->is("DECLARE") ||
         uapi::lookupHelper(op->getName().lower()) || env.lookupAccessor(op));
    diags.error(listElement(form, 0)->getRange(),
                isProgramForm ? "`" + getLispName(op) +
                                    "` belongs into the body of a `defprog`"
                              : "unknown top-level form `" + getLispName(op) +
                                    "`" + getSuggestion(op, names));
    return;
  }
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(form, diags);
  if (!elements)
    return;
  Arguments args = llvm::ArrayRef(*elements).drop_front();
  if (args.size() < entry->minArgs) {
    diags.error(listElement(form, 0)->getRange(),
                "`" + entry->name.lower() + "` is incomplete; it is written `" +
                    entry->usage + "`");
    return;
  }
  (this->*entry->lower)(form, args);
}

bool ModuleLowering::checkName(const Form *name, llvm::StringRef what) {
  const Symbol *symbol = name->getSymbol();
  if (symbol && !symbol->isKeyword() && !name->isNil())
    return true;
  diags.error(name->getRange(), "the name of " + what +
                                    " has to be a symbol, and this is `" +
                                    getText(name) + "`");
  return false;
}

//===----------------------------------------------------------------------===//
// Small declarations
//===----------------------------------------------------------------------===//

void ModuleLowering::lowerInPackage(const Form *form, Arguments args) {
  llvm::StringRef name;
  if (const Symbol *symbol = args[0]->getSymbol())
    name = symbol->getName();
  else if (auto *string = llvm::dyn_cast<StringForm>(args[0]))
    name = string->getValue();
  bool isKnown = llvm::StringSwitch<bool>(name)
                     .Cases({"WHISTLER", "WHISTLER-USER"}, true)
                     .Cases({"CL-USER", "COMMON-LISP-USER"}, true)
                     .Default(false);
  if (!isKnown)
    diags.error(args[0]->getRange(),
                "there is no package `" + getText(args[0]) +
                    "`; a source file is in `#:whistler` or `#:whistler-user`");
  else if (args.size() > 1)
    diags.error(args[1]->getRange(), "`in-package` takes one name");
}

void ModuleLowering::lowerConstant(const Form *form, Arguments args) {
  if (!checkName(args[0], "a constant"))
    return;
  const Symbol *name = args[0]->getSymbol();
  // Common Lisp allows a documentation string in third place.
  if (args.size() > 3 ||
      (args.size() == 3 && !llvm::isa<StringForm>(args[2]))) {
    diags.error(args[2]->getRange(),
                "`defconstant` takes a name, a value and a documentation "
                "string");
    return;
  }
  std::optional<uint64_t> value =
      requireConstant(args[1], env, "the value of a `defconstant`");
  if (!value) {
    env.addBroken(name->getName());
    return;
  }
  std::optional<uint64_t> known = env.lookupConstant(name);
  if (known && *known != *value) {
    diags.error(args[0]->getRange(), "`" + getText(args[0]) +
                                         "` is a constant already, with the "
                                         "value " +
                                         llvm::Twine(int64_t(*known)).str());
    return;
  }
  env.addConstant(name, *value);
}

void ModuleLowering::lowerHeader(const Form *form, Arguments args) {
  if (!checkName(args[0], "a header"))
    return;
  std::string header = args[0]->getSymbol()->getName().lower();
  llvm::StringMap<const Form *> fields;
  for (const Form *field : args.drop_front()) {
    const Symbol *name = listOperator(field);
    if (name) {
      const Form *nameForm = listElement(field, 0);
      auto [it, isNew] = fields.try_emplace(name->getName(), nameForm);
      if (!isNew) {
        diags
            .error(nameForm->getRange(),
                   "the header has a field `" + getText(nameForm) + "` already")
            .note(it->second->getRange(), "the first one is here");
        continue;
      }
    }
    std::string accessor =
        name ? header + "-" + name->getName().lower() : std::string();
    if (std::optional<Accessor> parsed = parseHeaderField(field))
      env.addAccessor(accessor, *parsed);
    else
      env.addBroken(llvm::StringRef(accessor).upper());
  }
}

std::optional<Accessor> ModuleLowering::parseHeaderField(const Form *field) {
  const Symbol *name = listOperator(field);
  if (!name || name->isKeyword()) {
    diags.error(field->getRange(),
                "a field is written `(name :offset n :type type)`");
    return std::nullopt;
  }
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(field, diags);
  if (!elements)
    return std::nullopt;
  KeywordArguments keywords(llvm::ArrayRef(*elements).drop_front(),
                            {"offset", "type", "net-order"}, "a header field",
                            diags);
  if (!keywords.isValid())
    return std::nullopt;
  const Form *offset = keywords.lookup("offset");
  const Form *type = keywords.lookup("type");
  if (!offset || !type) {
    diags.error(field->getRange(), llvm::Twine("the field has no `:") +
                                       (offset ? "type" : "offset") + "`");
    return std::nullopt;
  }
  std::optional<ScalarType> scalar = ScalarType::get(type);
  if (!scalar) {
    diags.error(type->getRange(), "`" + getText(type) +
                                      "` is not a type; there are u8 u16 u32 "
                                      "u64 i8 i16 i32 i64");
    return std::nullopt;
  }
  std::optional<int64_t> bytes =
      requireConstantIn(offset, env, "the offset of a field", 0, INT16_MAX);
  if (!bytes)
    return std::nullopt;
  Accessor accessor{int32_t(*bytes), *scalar};
  const Form *netOrder = keywords.lookup("net-order");
  accessor.isNetOrder = netOrder && !netOrder->isNil() && scalar->bits > 8;
  accessor.mask = ~uint64_t(0) >> (64 - scalar->bits);
  return accessor;
}

void ModuleLowering::lowerCompileToElf(const Form *form, Arguments args) {
  auto *path = llvm::dyn_cast<StringForm>(args[0]);
  if (!path || path->getValue().empty() || path->getValue().contains('\0')) {
    diags.error(args[0]->getRange(),
                "`compile-to-elf` takes the name of a file as a string");
    return;
  }
  if (args.size() > 1) {
    diags.error(args[1]->getRange(), "`compile-to-elf` takes one file name");
    return;
  }
  size_t numOperations = llvm::range_size(result.module->getOps());
  result.objects.push_back({path->getValue().str(), numOperations});
}
