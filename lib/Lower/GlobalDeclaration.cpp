//===- GlobalDeclaration.cpp - defglobal ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Global variables and what they start with.
//
//===----------------------------------------------------------------------===//

#include "ModuleLowering.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

using namespace whistler;
using mlir::whistler::StructType;

/// The most bytes of a global variable: what a relocation's offset can hold.
static constexpr uint64_t maxGlobalSize = INT32_MAX;

//===----------------------------------------------------------------------===//
// Initial values
//===----------------------------------------------------------------------===//

namespace {
/// Writes initial values into the bytes of a variable.
class Initializer {
public:
  Initializer(Environment &env, llvm::MutableArrayRef<char> bytes)
      : env(env), bytes(bytes) {}

  /// Writes what `form` says of a `type` at `offset`. False after an error.
  bool write(const Form *form, mlir::Type type, uint64_t offset);

private:
  bool writeScalar(const Form *form, ScalarType scalar, uint64_t offset);
  bool writeArray(const Form *form, mlir::whistler::ArrayType type,
                  uint64_t offset);
  bool writeText(const StringForm *text, mlir::whistler::ArrayType type,
                 uint64_t offset);
  bool writeStruct(const Form *form, const StructInfo &info, uint64_t offset);
  bool fail(const Form *form, const llvm::Twine &message) {
    env.diags.error(form->getRange(), message);
    return false;
  }

  Environment &env;
  llvm::MutableArrayRef<char> bytes;
};
} // namespace

bool Initializer::write(const Form *form, mlir::Type type, uint64_t offset) {
  if (auto structType = llvm::dyn_cast<StructType>(type))
    return writeStruct(form, *env.lookupStructByTag(structType.getTag()),
                       offset);
  if (auto array = llvm::dyn_cast<mlir::whistler::ArrayType>(type))
    return writeArray(form, array, offset);
  if (std::optional<ScalarType> scalar = ScalarType::get(type))
    return writeScalar(form, *scalar, offset);
  // No address is known before the program is loaded.
  std::optional<uint64_t> value = requireConstant(form, env, "the value");
  if (value && *value != 0)
    return fail(form, "a pointer starts as null; leave out the value");
  return value.has_value();
}

bool Initializer::writeScalar(const Form *form, ScalarType scalar,
                              uint64_t offset) {
  std::optional<uint64_t> value = requireConstant(form, env, "the value");
  if (!value)
    return false;
  bool fits = llvm::isUIntN(scalar.bits, *value) ||
              llvm::isIntN(scalar.bits, int64_t(*value));
  if (!fits)
    return fail(form,
                "the value does not fit " + llvm::Twine(scalar.bits) + " bits");
  for (unsigned byte = 0; byte < scalar.getBytes(); ++byte)
    bytes[offset + byte] = char(*value >> (8 * byte));
  return true;
}

/// A string fills an array of bytes; NULs follow it.
bool Initializer::writeText(const StringForm *text,
                            mlir::whistler::ArrayType type, uint64_t offset) {
  llvm::StringRef value = text->getValue();
  if (env.getSize(type.getElement()) != 1u)
    return fail(text, "a string is the value of an array of `u8`");
  if (value.size() > type.getCount())
    return fail(text, "the string has " + getCount(value.size(), "byte") +
                          ", and the array " + llvm::Twine(type.getCount()));
  llvm::copy(value, bytes.begin() + offset);
  return true;
}

bool Initializer::writeArray(const Form *form, mlir::whistler::ArrayType type,
                             uint64_t offset) {
  if (auto *text = llvm::dyn_cast<StringForm>(form))
    return writeText(text, type, offset);
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(form, env.diags, "a list of the array's elements");
  if (!elements)
    return false;
  if (elements->size() > type.getCount())
    return fail((*elements)[type.getCount()],
                "the array has " + getCount(type.getCount(), "element") +
                    ", and this is one more");
  uint64_t size = *env.getSize(type.getElement());
  bool isValid = true;
  for (auto [index, element] : llvm::enumerate(*elements))
    isValid &= write(element, type.getElement(), offset + index * size);
  return isValid;
}

bool Initializer::writeStruct(const Form *form, const StructInfo &info,
                              uint64_t offset) {
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(form, env.diags, "a list `(:field value ...)`");
  if (!elements)
    return false;
  std::vector<llvm::StringRef> names;
  for (const StructField &field : info.fields)
    names.push_back(field.name);
  KeywordArguments values(*elements, names, "a `" + info.name + "`", env.diags);
  bool isValid = values.isValid();
  for (const StructField &field : info.fields)
    if (const Form *value = values.lookup(field.name))
      isValid &= write(value, field.type, offset + field.getOffset());
  return isValid;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

/// Takes `:const` off the arguments; the initial value may stand in front.
static bool parseOptions(llvm::ArrayRef<const Form *> args,
                         const Form *&initForm, bool &isConstant,
                         DiagnosticEngine &diags) {
  initForm = nullptr;
  isConstant = false;
  const Symbol *first = args.empty() ? nullptr : args[0]->getSymbol();
  if (!args.empty() && !(first && first->isKeyword())) {
    initForm = args[0];
    args = args.drop_front();
  }
  KeywordArguments keywords(args, {"const"}, "a global variable", diags);
  if (const Form *value = keywords.lookup("const"))
    isConstant = !value->isNil();
  return keywords.isValid();
}

void ModuleLowering::lowerGlobal(const Form *form, Arguments args) {
  if (!checkName(args[0], "a global variable"))
    return;
  const Symbol *name = args[0]->getSymbol();
  std::optional<std::string> cName = env.claimName(args[0]);
  std::optional<mlir::Type> type = parseSizedType(args[1], env);
  const Form *initForm;
  GlobalInfo info;
  bool isValid =
      parseOptions(args.drop_front(2), initForm, info.isConstant, diags);
  if (env.lookupConstant(name)) {
    diags.error(args[0]->getRange(),
                "`" + getText(args[0]) + "` is a constant already");
    isValid = false;
  }
  uint64_t size = type ? env.getSize(*type).value_or(0) : 0;
  if (type && (size == 0 || size > maxGlobalSize)) {
    diags.error(args[1]->getRange(),
                "a global variable cannot have " + getCount(size, "byte"));
    isValid = false;
  }
  std::string bytes(isValid ? size : 0, '\0');
  if (isValid && type && initForm)
    isValid = Initializer(env, llvm::MutableArrayRef(bytes.data(), size))
                  .write(initForm, *type, 0);
  if (!isValid || !type || !cName)
    return env.addBroken(name->getName());

  info.cName = *cName;
  info.type = *type;
  env.addGlobal(name, info);
  bool isZero = llvm::all_of(bytes, [](char c) { return c == 0; });
  llvm::StringRef section = info.isConstant ? ".rodata"
                            : isZero        ? ".bss"
                                            : ".data";
  auto global = mlir::whistler::GlobalOp::create(
      builder, getLocation(form->getRange(), diags, &context), info.cName,
      /*is_local=*/false, info.type, section,
      isZero ? mlir::StringAttr() : builder.getStringAttr(bytes));
  removeEarlier(global);
}
