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

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"

using namespace whistler;
using mlir::whistler::DefineOp;

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

void ModuleLowering::startModule(mlir::Location loc) {
  result.module = mlir::ModuleOp::create(builder, loc);
  builder.setInsertionPointToEnd(result.module->getBody());
  kernel.module = *result.module;
}

LoweredSource ModuleLowering::run(unsigned bufferID) {
  llvm::StringRef text =
      diags.getSourceMgr().getMemoryBuffer(bufferID)->getBuffer();
  auto start = llvm::SMLoc::getFromPointer(text.begin());
  startModule(getLocation({start, start}, diags, &context));
  llvm::StringRef name =
      diags.getSourceMgr().getMemoryBuffer(bufferID)->getBufferIdentifier();
  if (name != "<stdin>")
    currentFile = name.str();
  enterFile();
  lowerBuffer(bufferID);
  if (diags.hasErrors())
    return LoweredSource();
  result.otherFiles = std::move(env.otherFiles);
  return std::move(result);
}

void ModuleLowering::noteFile(llvm::StringRef path) {
  env.otherFiles.push_back(path.str());
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
  // A package of the user's is known to the Lisp only.
  if (!lisp.setPackage(name) && !isKnown)
    diags.error(args[0]->getRange(),
                "there is no package `" + getText(args[0]) +
                    "`; a source file is in `#:whistler` or `#:whistler-user`");
  else if (args.size() > 1)
    diags.error(args[1]->getRange(), "`in-package` takes one name");
}

/// The value of a Common Lisp expression that has to be an integer of 64 bits.
const IntegerForm *ModuleLowering::evaluateInteger(const Form *form) {
  unsigned errorsBefore = diags.getNumErrors();
  const IntegerForm *integer = nullptr;
  if (std::optional<llvm::APSInt> value = evaluateConstant(form, env)) {
    integer = forms.makeInteger(*value, form->getRange());
  } else if (diags.getNumErrors() != errorsBefore) {
    return nullptr;
  } else {
    std::optional<const Form *> result = lisp.evaluate(form);
    if (!result)
      return nullptr;
    integer = llvm::dyn_cast<IntegerForm>(*result);
    if (!integer) {
      diags.error(form->getRange(),
                  "the value of a `defconstant` has to be an integer, and this "
                  "is " +
                      getText(*result) +
                      ((*result)->isList()
                           ? "; a `defparameter` keeps lists for macros"
                           : ""));
      return nullptr;
    }
  }
  if (integer->getBits64())
    return integer;
  diags.error(form->getRange(),
              "the value of a `defconstant` does not fit 64 bits");
  return nullptr;
}

void ModuleLowering::addConstant(const Symbol *name, const IntegerForm &value,
                                 llvm::SMRange range) {
  uint64_t bits = *value.getBits64();
  bool isKnown = env.lookupConstant(name).has_value();
  env.addConstant(name, bits);
  std::string text = name->getName().lower();
  bool isUnsigned = !value.getInt64();
  auto defines = result.module->getOps<DefineOp>();
  for (DefineOp earlier : llvm::make_early_inc_range(defines)) {
    if (!isKnown)
      break;
    if (earlier.getName() != text)
      continue;
    if (uint64_t(earlier.getValue()) == bits)
      return;
    if (env.allowsRedefinition)
      earlier.erase();
  }
  // A macro may define constants while a program is being lowered.
  auto end = mlir::OpBuilder::atBlockEnd(result.module->getBody());
  DefineOp::create(end, getLocation(range, diags, &context), text,
                   int64_t(bits), isUnsigned);
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
  const IntegerForm *integer = evaluateInteger(args[1]);
  if (!integer) {
    env.addBroken(name->getName());
    return;
  }
  std::optional<uint64_t> value = integer->getBits64();
  std::optional<uint64_t> known = env.lookupConstant(name);
  if (known && *known != *value && !env.allowsRedefinition) {
    diags.error(args[0]->getRange(), "`" + getText(args[0]) +
                                         "` is a constant already, with the "
                                         "value " +
                                         llvm::Twine(int64_t(*known)).str());
    return;
  }
  addConstant(name, *integer, args[0]->getRange());
  // Compile-time code reads it too, but does not know what it is made of.
  if (env.options.lisp.allowEvaluation)
    (void)lisp.evaluateTopLevel(forms.makeList(
        {listElement(form, 0), args[0], integer}, form->getRange()));
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
  if (host) {
    (void)host->compileToElf(path->getValue());
    return;
  }
  size_t numOperations = llvm::range_size(result.module->getOps());
  result.objects.push_back({path->getValue().str(), numOperations});
}
