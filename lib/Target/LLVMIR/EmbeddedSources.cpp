//===- EmbeddedSources.cpp - sources in debug information -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Replaces files by files with text, for which the LLVM dialect has no
// attribute.
//
//===----------------------------------------------------------------------===//

#include "EmbeddedSources.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;

namespace {
/// An operand that is a file.
struct FileUse {
  MDNode *node;
  unsigned operand;
  DIFile *file;
};

/// Goes through all metadata of a module.
class FileFinder {
public:
  std::vector<FileUse> run(Module &module);

private:
  void add(MDNode *node) {
    if (node && visited.insert(node).second)
      worklist.push_back(node);
  }

  SmallPtrSet<MDNode *, 32> visited;
  std::vector<MDNode *> worklist;
};
} // namespace

template <typename Holder>
static SmallVector<std::pair<unsigned, MDNode *>>
getAttachments(const Holder &holder) {
  SmallVector<std::pair<unsigned, MDNode *>> attachments;
  holder.getAllMetadata(attachments);
  return attachments;
}

std::vector<FileUse> FileFinder::run(Module &module) {
  for (NamedMDNode &named : module.named_metadata())
    for (MDNode *node : named.operands())
      add(node);
  for (GlobalVariable &variable : module.globals())
    for (auto [kind, node] : getAttachments(variable))
      add(node);
  for (Function &function : module) {
    for (auto [kind, node] : getAttachments(function))
      add(node);
    for (BasicBlock &block : function)
      for (Instruction &instruction : block)
        for (auto [kind, node] : getAttachments(instruction))
          add(node);
  }
  std::vector<FileUse> uses;
  for (size_t index = 0; index < worklist.size(); ++index) {
    MDNode *node = worklist[index];
    for (unsigned operand = 0; operand < node->getNumOperands(); ++operand) {
      Metadata *used = node->getOperand(operand);
      if (auto *file = dyn_cast_or_null<DIFile>(used))
        uses.push_back({node, operand, file});
      else
        add(dyn_cast_or_null<MDNode>(used));
    }
  }
  return uses;
}

void whistler::embedSources(Module &module, const SourceMgr &sources) {
  StringMap<StringRef> texts;
  for (unsigned id = 1; id <= sources.getNumBuffers(); ++id) {
    const MemoryBuffer *buffer = sources.getMemoryBuffer(id);
    texts[buffer->getBufferIdentifier()] = buffer->getBuffer();
  }
  std::vector<FileUse> uses = FileFinder().run(module);
  if (any_of(uses, [&](const FileUse &use) {
        return !texts.contains(use.file->getFilename());
      }))
    return;
  for (const FileUse &use : uses) {
    MDString *text = MDString::get(module.getContext(),
                                   texts.lookup(use.file->getFilename()));
    use.node->replaceOperandWith(
        use.operand,
        DIFile::get(module.getContext(), use.file->getRawFilename(),
                    use.file->getRawDirectory(), std::nullopt, text));
  }
}
