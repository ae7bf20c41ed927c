//===- FunctionDeclaration.cpp - defn ---------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Functions that programs call: their names, parameters and results.
//
//===----------------------------------------------------------------------===//

#include "ModuleLowering.h"

#include "Forms.h"
#include "ProgramLowering.h"

#include "Whistler/UAPI/Contexts.h"

using namespace whistler;
using mlir::whistler::FuncOp;
using mlir::whistler::ParamAttr;
using mlir::whistler::PointerType;
using mlir::whistler::StructType;

/// What registers can pass (kernel/bpf/btf.c, MAX_BPF_FUNC_REG_ARGS).
static constexpr size_t maxParameters = 5;

namespace {
struct FunctionOptions {
  bool isGlobal = false;
  bool noInline = false;
};
} // namespace

/// Parses `name` or `(name :global t :inline nil)`; gives the name's form.
static const Form *parseFunctionName(const Form *form, FunctionOptions &options,
                                     DiagnosticEngine &diags) {
  if (!form->isList() || form->isNil())
    return form;
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(form, diags);
  if (!elements)
    return nullptr;
  KeywordArguments keywords(llvm::ArrayRef(*elements).drop_front(),
                            {"global", "inline"}, "a function", diags);
  if (!keywords.isValid())
    return nullptr;
  if (const Form *value = keywords.lookup("global"))
    options.isGlobal = !value->isNil();
  if (const Form *value = keywords.lookup("inline"))
    options.noInline = value->isNil();
  return elements->front();
}

/// Whether a value of `type` fits a register; reports another.
static bool checkValueType(mlir::Type type, const Form *form,
                           DiagnosticEngine &diags) {
  if (ScalarType::get(type) || llvm::isa<PointerType>(type))
    return true;
  diags.error(form->getRange(), "functions take and return scalars and "
                                "pointers; `(ptr " +
                                    getText(form) +
                                    ")` points to one of these");
  return false;
}

bool ModuleLowering::parseParameters(const Form *form, FunctionInfo &info) {
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(form, diags, "a list of parameters, `((name type) ...)`");
  if (!elements)
    return false;
  if (elements->size() > maxParameters) {
    diags.error((*elements)[maxParameters]->getRange(),
                "a function has at most five parameters; pass a pointer to a "
                "struct");
    return false;
  }
  bool isValid = true;
  for (const Form *element : *elements) {
    const Form *nameForm = element;
    mlir::Type type = getDataType({64, false}, &context);
    if (element->isList()) {
      if (properListLength(element) != 2) {
        diags.error(element->getRange(),
                    "a parameter is written `(name type)`");
        isValid = false;
        continue;
      }
      nameForm = listElement(element, 0);
      const Form *typeForm = listElement(element, 1);
      std::optional<mlir::Type> parsed = parseDataType(typeForm, env);
      isValid &= parsed && checkValueType(*parsed, typeForm, diags);
      type = parsed.value_or(type);
    }
    const Symbol *name = nameForm->getSymbol();
    bool isTwice = llvm::any_of(info.parameters,
                                [&](const FunctionInfo::Parameter &other) {
                                  return other.name == name;
                                });
    if (isTwice) {
      diags.error(nameForm->getRange(),
                  "there is a parameter `" + getText(nameForm) + "` already");
      isValid = false;
      continue;
    }
    if (!name || name->isKeyword() || nameForm->isNil() ||
        env.lookupConstant(name)) {
      diags.error(nameForm->getRange(), "`" + getText(nameForm) +
                                            "` cannot be the name of a "
                                            "parameter");
      isValid = false;
      continue;
    }
    info.parameters.push_back({name, type});
  }
  return isValid;
}

/// Takes `-> type` off the start of a body; u64 where there is none.
static std::optional<mlir::Type> parseResult(llvm::ArrayRef<const Form *> &body,
                                             Environment &env) {
  if (body.empty() || !body[0]->getSymbol() || !body[0]->getSymbol()->is("->"))
    return getDataType({64, false}, &env.context);
  if (body.size() < 2) {
    env.diags.error(body[0]->getRange(),
                    "the result's type stands behind `->`");
    return std::nullopt;
  }
  const Form *typeForm = body[1];
  body = body.drop_front(2);
  std::optional<mlir::Type> type = parseDataType(typeForm, env);
  if (!type || !checkValueType(*type, typeForm, env.diags))
    return std::nullopt;
  return type;
}

/// The attributes that describe parameters in C. Names that C does not tell
/// apart get numbers.
static llvm::SmallVector<mlir::Attribute>
getParameterAttributes(const FunctionInfo &info, mlir::MLIRContext *context) {
  llvm::SmallVector<mlir::Attribute> params;
  llvm::StringSet<> names;
  for (const FunctionInfo::Parameter &parameter : info.parameters) {
    std::string name = getCIdentifier(parameter.name->getName());
    if (!names.insert(name).second)
      name += "_" + std::to_string(params.size());
    params.push_back(ParamAttr::get(context, name, parameter.type));
  }
  return params;
}

/// Whether the kernel knows the size of what a pointer points to.
static bool hasKnownSize(mlir::Type pointee, const Environment &env) {
  if (llvm::isa<mlir::NoneType>(pointee))
    return false;
  auto structType = llvm::dyn_cast<StructType>(pointee);
  return !structType || env.lookupStructByTag(structType.getTag()) ||
         uapi::lookupContextStruct(structType.getTag());
}

/// Checks what the kernel does not allow of a function that it verifies by
/// itself (btf_prepare_func_args in kernel/bpf/btf.c).
static bool checkGlobal(const Form *form, const FunctionInfo &info,
                        mlir::Type result, const Environment &env) {
  if (llvm::isa<PointerType>(result)) {
    env.diags.error(form->getRange(),
                    "a global function returns an integer: the kernel does not "
                    "follow pointers out of it");
    return false;
  }
  for (const FunctionInfo::Parameter &parameter : info.parameters) {
    auto pointer = llvm::dyn_cast<PointerType>(parameter.type);
    if (!pointer || hasKnownSize(pointer.getPointee(), env))
      continue;
    env.diags.error(form->getRange(),
                    "a global function tells the kernel how large the memory "
                    "is that `" +
                        getLispName(parameter.name) +
                        "` points to; write `(ptr type)` with a type that is "
                        "declared");
    return false;
  }
  return true;
}

void ModuleLowering::lowerFunction(const Form *form, Arguments args) {
  FunctionOptions options;
  const Form *nameForm = parseFunctionName(args[0], options, diags);
  if (!nameForm || !checkName(nameForm, "a function"))
    return;
  const Symbol *name = nameForm->getSymbol();
  if (name->isLanguageName() && isForm(name->getName())) {
    diags.error(nameForm->getRange(), "`" + getText(nameForm) +
                                          "` is a form of the language and "
                                          "cannot be redefined");
    return;
  }
  std::string lispName = getLispName(name);
  if (env.lookupAccessor(name) || uapi::lookupHelper(lispName))
    diags.warning(nameForm->getRange(),
                  "the function hides the built-in `" + lispName + "`");
  std::optional<std::string> cName = env.claimName(nameForm);
  FunctionInfo info;
  bool isValid = parseParameters(args[1], info);
  Arguments body = args.drop_front(2);
  std::optional<mlir::Type> result = parseResult(body, env);
  if (!isValid || !result || !cName)
    return env.addBroken(name->getName());
  if (options.isGlobal && !checkGlobal(form, info, *result, env))
    return env.addBroken(name->getName());
  info.cName = *cName;
  info.result = *result;
  auto func = FuncOp::create(
      builder, getLocation(form->getRange(), diags, &context), info.cName,
      builder.getArrayAttr(getParameterAttributes(info, &context)), info.result,
      options.isGlobal, options.noInline || options.isGlobal);
  // Entered first, so that a call of itself is told from an unknown operator.
  FunctionInfo &entry = env.addFunction(name, std::move(info));
  unsigned errorsBefore = diags.getNumErrors();
  ProgramLowering(env, func, entry).runFunction(form, body);
  if (diags.getNumErrors() == errorsBefore)
    removeEarlier(func);
}
