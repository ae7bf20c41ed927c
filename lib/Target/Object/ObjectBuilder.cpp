//===- ObjectBuilder.cpp - sections from a module ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Puts programs, maps, types and line information into an object.
//
//===----------------------------------------------------------------------===//

#include "ObjectBuilder.h"

#include "CoreSubjects.h"
#include "MapTypes.h"

#include "Whistler/UAPI/ProgramTypes.h"

#include <linux/bpf.h>

using namespace whistler;
// Not all of mlir: it has a namespace `whistler` of its own.
using llvm::cast;
using llvm::LogicalResult;
using llvm::SmallVector;
using llvm::StringRef;
using llvm::success;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::Location;
using mlir::bpf::EncodedFunction;
using mlir::whistler::MapOp;
using mlir::whistler::ParamAttr;
using mlir::whistler::StructOp;
namespace bpf = mlir::bpf;

static constexpr uint32_t slotSize = sizeof(bpf_insn);

/// The section of functions that programs call. libbpf looks for them there.
static constexpr StringRef subprogramSection = ".text";

LogicalResult ObjectBuilder::report(llvm::Error error) {
  if (!error)
    return success();
  return module.emitError(llvm::toString(std::move(error)));
}

LogicalResult ObjectBuilder::build() {
  if (failed(describeStructs()) || failed(describeMaps()) ||
      failed(data.place(module, layouts)) || failed(encodeFunctions()))
    return failure();
  describeVariables();
  describeLicense();
  for (auto &[name, section] : sections)
    for (const Function &function : section.functions)
      describeFunction(name, function);
  fillInAddends();
  return success();
}

//===----------------------------------------------------------------------===//
// Types, maps and variables
//===----------------------------------------------------------------------===//

/// The module's own structs are described even where nothing uses them, so that
/// the loader's side finds all of them.
LogicalResult ObjectBuilder::describeStructs() {
  for (StructOp op : module.getOps<StructOp>()) {
    if (failed(checkFields(op, layouts)))
      return failure();
    if (!op.getIsKernel())
      dataTypes.getStruct(op.getTag());
  }
  return success();
}

LogicalResult ObjectBuilder::describeMaps() {
  SmallVector<btf::DataSecEntry> entries;
  for (MapOp map : module.getOps<MapOp>()) {
    FailureOr<btf::MapType> type = describeMap(map, dataTypes, types);
    if (failed(type))
      return failure();
    btf::TypeId variable =
        types.addVar(map.getSymName(), type->Type, btf::VarLinkage::Global);
    entries.push_back({variable, mapsSize, type->ByteSize});
    maps.push_back({map.getSymName(), mapsSize, type->ByteSize});
    mapsSize += type->ByteSize;
  }
  if (!entries.empty())
    types.addDataSec(".maps", mapsSize, entries);
  return success();
}

void ObjectBuilder::describeVariables() {
  for (auto &[name, section] : data.getSections()) {
    if (isStringSection(name))
      continue;
    SmallVector<btf::DataSecEntry> entries;
    for (Variable variable : section.variables) {
      auto linkage = variable.op.getIsLocal() ? btf::VarLinkage::Static
                                              : btf::VarLinkage::Global;
      btf::TypeId id =
          types.addVar(variable.op.getSymName(),
                       dataTypes.get(variable.op.getType()), linkage);
      entries.push_back({id, variable.offset, variable.size});
    }
    types.addDataSec(name, section.size, entries);
  }
}

/// libbpf's linker wants a type for every global symbol.
void ObjectBuilder::describeLicense() {
  if (license.empty())
    return;
  btf::TypeId text = types.addArray(
      types.addInt("char", 1, btf::IntEncoding::Signed), license.size());
  btf::TypeId variable =
      types.addVar("_license", text, btf::VarLinkage::Global);
  types.addDataSec("license", license.size(),
                   {{variable, 0, uint32_t(license.size())}});
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

LogicalResult ObjectBuilder::checkLicense(bpf::FuncOp func) {
  if (license.empty())
    license = func.getLicense()->str() + '\0';
  else if (StringRef(license).drop_back() != *func.getLicense())
    return func.emitError("an object has one license, and an earlier "
                          "program's is \"")
           << StringRef(license).drop_back() << '"';
  return success();
}

LogicalResult ObjectBuilder::encodeFunctions() {
  for (bpf::FuncOp func : module.getOps<bpf::FuncOp>()) {
    if (func.isProgram() && failed(checkLicense(func)))
      return failure();
    FailureOr<EncodedFunction> code =
        bpf::encodeFunction(func, {options.longJumps});
    if (failed(code) || failed(fillInCoreAnswers(layouts, *code)))
      return failure();
    Section &section = sections[func.getSection().value_or(subprogramSection)];
    if (!func.isProgram())
      subprogramOffsets[func.getSymName()] = section.size;
    uint32_t size = slotSize * code->slots.size();
    section.functions.push_back({func, std::move(*code), section.size});
    section.size += size;
  }
  return success();
}

/// Whether `code` has relocations against the struct `tag`.
static bool refersTo(const EncodedFunction &code, StringRef tag) {
  return llvm::any_of(code.core, [&](const bpf::CoreRelocation &relocation) {
    return relocation.subject.split(':').first == tag;
  });
}

/// A program takes a pointer to its context: its struct where relocations need
/// the fields.
btf::TypeId ObjectBuilder::describeProgram(const Function &program) {
  bpf::FuncOp op = program.op;
  const uapi::ProgramType *type = uapi::lookupProgramType(*op.getProgramType());
  btf::TypeId context;
  if (type && !type->contextStruct.empty())
    context =
        refersTo(program.code, type->contextStruct)
            ? dataTypes.getStruct(type->contextStruct)
            : types.addForward(btf::Composite::Struct, type->contextStruct);
  btf::TypeId pointer = types.addPointer(context);
  btf::TypeId result = types.addScalar(4, /*IsSigned=*/true);
  return types.addFuncProto(result, {{"ctx", pointer}});
}

btf::TypeId ObjectBuilder::describeSubprogram(bpf::FuncOp func) {
  SmallVector<btf::Param> params;
  for (auto param : func.getParamsAttr().getAsRange<ParamAttr>())
    params.push_back(
        {param.getName(), dataTypes.getParameter(param.getType())});
  return types.addFuncProto(dataTypes.get(*func.getResult()), params);
}

void ObjectBuilder::describeFunction(StringRef section,
                                     const Function &function) {
  bpf::FuncOp op = function.op;
  btf::TypeId prototype =
      op.isProgram() ? describeProgram(function) : describeSubprogram(op);
  bool isStatic = !op.isProgram() && !op.getIsGlobal();
  btf::TypeId func = types.addFunc(op.getSymName(), prototype,
                                   isStatic ? btf::FuncLinkage::Static
                                            : btf::FuncLinkage::Global);
  ext.addFunction(section, function.offset, func);
  describeLines(section, function);
  describeRelocations(section, function);
}

void ObjectBuilder::describeLines(StringRef section, const Function &function) {
  std::optional<Location> previous;
  for (auto [slot, loc] : llvm::enumerate(function.code.locations)) {
    // The second slot of a 64-bit immediate has the location of the first.
    if (previous == loc)
      continue;
    previous = loc;
    std::optional<SourcePlace> place = text.lookup(loc);
    if (!place)
      continue;
    ext.addLine(section, function.offset + slotSize * slot,
                {place->file, place->text, place->line, place->column});
  }
}

void ObjectBuilder::describeRelocations(StringRef section,
                                        const Function &function) {
  for (const bpf::CoreRelocation &relocation : function.code.core) {
    // It was found before.
    CoreSubject subject = llvm::cantFail(
        lookupCoreSubject(layouts, relocation.kind, relocation.subject));
    btf::TypeId type = subject.isEnum ? dataTypes.getEnum(subject.tag)
                                      : dataTypes.getStruct(subject.tag);
    // The dialect's enumeration has libbpf's numbers.
    ext.addRelocation(
        section, function.offset + slotSize * relocation.slot, type,
        subject.access,
        static_cast<llvm::BTF::PatchableRelocKind>(relocation.kind));
  }
}
