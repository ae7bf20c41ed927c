//===- LispFixture.h - a compile-time Lisp on texts -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reads texts, evaluates and expands them, and collects what is reported.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UNITTESTS_LISP_LISPFIXTURE_H
#define WHISTLER_UNITTESTS_LISP_LISPFIXTURE_H

#include "Whistler/Lisp/CompileTimeLisp.h"
#include "Whistler/Reader/Reader.h"

#include "llvm/Support/MemoryBuffer.h"

#include "gtest/gtest.h"

namespace whistler {

/// A client that writes down what it is told.
class RecordingClient : public LispClient {
public:
  explicit RecordingClient(FormContext &forms) : forms(forms) {}

  llvm::LogicalResult declare(const Form *declaration) override {
    declarations.push_back(declaration);
    if (onDeclare)
      return onDeclare(declaration);
    return llvm::success();
  }
  llvm::LogicalResult loadFile(llvm::StringRef path) override {
    loaded.push_back(path.str());
    return llvm::success();
  }
  llvm::LogicalResult defineConstant(const Symbol *name,
                                     const Form *value) override {
    constants.push_back(name->getName().str() + "=" + value->str());
    return llvm::success();
  }
  std::optional<uint64_t> getConstant(const Symbol *name) override {
    if (name->is("+ANSWER+"))
      return 42;
    if (name->is("+ALL+"))
      return ~uint64_t(0);
    return std::nullopt;
  }
  std::optional<uint64_t> getSize(const Symbol *name) override {
    return name->is("U32") ? std::optional<uint64_t>(4) : std::nullopt;
  }
  std::vector<const Symbol *> getMapNames() override {
    return {forms.intern("COUNTS"), forms.intern("EVENTS")};
  }
  std::vector<const Symbol *> getProgramNames() override { return {}; }
  std::vector<const Symbol *> getConstantNames() override {
    return {forms.intern("+ANSWER+")};
  }
  std::vector<llvm::StringRef> getLanguageNames() override {
    return {"GETMAP", "LOG2", "LET", "XDP_PASS"};
  }

  FormContext &forms;
  std::vector<const Form *> declarations;
  std::vector<std::string> loaded;
  std::vector<std::string> constants;
  std::function<llvm::LogicalResult(const Form *)> onDeclare;
};

class LispTest : public testing::Test {
protected:
  LispTest() { restart(); }

  /// Begins another compilation, with the options as they are now.
  void restart() {
    lisp.reset();
    lisp.emplace(forms, diags, client, options);
  }

  /// Reads the only form of a text.
  const Form *read(llvm::StringRef text) {
    unsigned buffer = diags.addBuffer(
        llvm::MemoryBuffer::getMemBufferCopy(text, "test.lisp"));
    Reader reader(buffer, forms, diags);
    ReadResult result = reader.read();
    EXPECT_EQ(result.status, ReadStatus::Form) << text.str();
    return result.form;
  }

  /// The value of a text's form as text; empty after an error.
  std::string evaluate(llvm::StringRef text) {
    std::optional<const Form *> value = lisp->evaluate(read(text));
    return value ? (*value)->str() : std::string();
  }

  bool define(llvm::StringRef text) {
    return lisp->evaluateTopLevel(read(text));
  }

  std::string expand(llvm::StringRef text,
                     llvm::ArrayRef<const LocalMacro *> locals = {}) {
    std::optional<const Form *> form = lisp->expand(read(text), locals);
    return form ? (*form)->str() : std::string();
  }

  /// What has been reported, without the source lines; forgets it.
  std::string takeReports() {
    std::string text = std::move(reports);
    reports.clear();
    return text;
  }

  /// The text that a form's range covers, or "-".
  static std::string covered(const Form *form) {
    llvm::SMRange range = form->getRange();
    if (!range.isValid())
      return "-";
    return std::string(range.Start.getPointer(), range.End.getPointer());
  }

  LispOptions options;
  std::string reports;
  llvm::raw_string_ostream os{reports};
  DiagnosticEngine diags{os};
  FormContext forms;
  RecordingClient client{forms};
  std::optional<CompileTimeLisp> lisp;
};

} // namespace whistler

#endif // WHISTLER_UNITTESTS_LISP_LISPFIXTURE_H
