//===- LowerControl.cpp - control flow --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Conditionals, sequences, blocks and loops.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

using namespace whistler;
using namespace mlir::whistler;
namespace arith = mlir::arith;
namespace cf = mlir::cf;

Result ProgramLowering::lowerProgn(const Call &call) {
  return lowerBody(call.args, call.mode);
}

/// The type of the programs that the constant `name` is a verdict of; null for
/// other constants.
static const uapi::ProgramType *getVerdictType(llvm::StringRef name) {
  static constexpr llvm::StringLiteral xdpActions[] = {
      "XDP_ABORTED", "XDP_DROP", "XDP_PASS", "XDP_TX", "XDP_REDIRECT"};
  if (llvm::is_contained(xdpActions, name))
    return &uapi::getProgramType(uapi::ProgramKind::XDP);
  if (name.starts_with("TC_ACT_"))
    return &uapi::getProgramType(uapi::ProgramKind::TC);
  return nullptr;
}

/// Warns of a verdict that means something else in this program.
void ProgramLowering::checkVerdict(const Form *form) {
  const Symbol *name = form->getSymbol();
  if (function || !name || !name->isLanguageName())
    return;
  const uapi::ProgramType *owner = getVerdictType(name->getName());
  if (owner && owner != type)
    env.diags.warning(form->getRange(),
                      "`" + getText(form) +
                          "` is a verdict of `:" + owner->name +
                          "` programs, and its number means "
                          "something else in one of type `:" +
                          type->name + "`");
}

Result ProgramLowering::lowerReturn(const Call &call) {
  Result value = call.args.empty() ? makeConstant(0) : lowerValue(call.args[0]);
  if (!value)
    return failed();
  if (isPointer(*value) && !function) {
    error(call.args[0], "a program cannot return a pointer");
    return failed();
  }
  discardRecords(0);
  return returnValue(*value, call.args.empty() ? call.form : call.args[0])
             ? makeConstant(0)
             : failed();
}

//===----------------------------------------------------------------------===//
// Conditionals
//===----------------------------------------------------------------------===//

Result ProgramLowering::lowerIf(const Call &call) {
  Block *thenBlock = createBlock(), *elseBlock = createBlock();
  bool isValid = lowerCondition(call.args[0], thenBlock, elseBlock);
  startBlock(thenBlock);
  Result value = joinWith(call, lower(call.args[1], call.mode), elseBlock,
                          call.args.drop_front(2));
  return isValid ? value : failed();
}

/// `when` and `unless`.
Result ProgramLowering::lowerWhen(const Call &call) {
  Block *bodyBlock = createBlock(), *skip = createBlock();
  bool isValid = call.name == "WHEN"
                     ? lowerCondition(call.args[0], bodyBlock, skip)
                     : lowerCondition(call.args[0], skip, bodyBlock);
  startBlock(bodyBlock);
  Result value =
      joinWith(call, lowerBody(call.args.drop_front(), call.mode), skip);
  return isValid ? value : failed();
}

/// Whether a clause's test is the constant true.
static bool isAlways(const Form *test) {
  return test->isSymbol("T") || test->isSymbol("OTHERWISE");
}

Result ProgramLowering::lowerCond(const Call &call) {
  llvm::SmallVector<Edge> edges;
  bool isValid = true;
  for (const Form *clause : call.args) {
    std::optional<llvm::SmallVector<const Form *>> elements =
        getElements(clause, env.diags, "a clause `(test body...)`");
    if (!elements || elements->empty()) {
      if (elements)
        error(clause, "a clause of `cond` is written `(test body...)`");
      isValid = false;
      continue;
    }
    const Form *test = elements->front();
    llvm::ArrayRef<const Form *> body = llvm::ArrayRef(*elements).drop_front();
    Block *bodyBlock = createBlock(), *next = createBlock();
    Value testValue;
    if (body.empty()) {
      // The test's own value is the clause's.
      Result value = lowerValue(test);
      isValid &= value.has_value();
      testValue = value.value_or(makeConstant(0));
      branchOnValue(testValue, bodyBlock, next);
    } else if (test->isSymbol("T")) {
      branchTo(bodyBlock);
    } else {
      isValid &= lowerCondition(test, bodyBlock, next);
    }
    startBlock(bodyBlock);
    Result value =
        body.empty() ? Result(testValue) : lowerBody(body, call.mode);
    isValid &= value.has_value();
    endWithEdge(edges, value.value_or(Value()));
    startBlock(next);
  }
  endWithEdge(edges, call.mode == Mode::Value ? makeConstant(0) : Value());
  return isValid ? join(edges, call.mode, call.form) : failed();
}

Result ProgramLowering::lowerCase(const Call &call) {
  Result key = lowerInteger(call.args[0]);
  bool isValid = key.has_value();
  Value keyValue = key.value_or(makeConstant(0));
  llvm::SmallVector<Edge> edges;
  for (auto [index, clause] : llvm::enumerate(call.args.drop_front())) {
    std::optional<llvm::SmallVector<const Form *>> elements =
        getElements(clause, env.diags, "a clause `(key body...)`");
    if (!elements || elements->empty()) {
      if (elements)
        error(clause, "a clause of `case` is written `(key body...)` or "
                      "`((key...) body...)`");
      isValid = false;
      continue;
    }
    const Form *keys = elements->front();
    Block *bodyBlock = createBlock(), *next = createBlock();
    if (isAlways(keys)) {
      if (index + 2 != call.args.size()) {
        error(keys, "the default clause has to be the last one");
        isValid = false;
      }
      branchTo(bodyBlock);
    } else {
      llvm::SmallVector<const Form *> keyForms = {keys};
      if (keys->isList()) {
        auto list = getElements(keys, env.diags);
        isValid &= list.has_value();
        keyForms = list.value_or(llvm::SmallVector<const Form *>());
      }
      for (const Form *keyForm : keyForms) {
        std::optional<uint64_t> constant =
            requireConstant(keyForm, env, "a key of `case`");
        isValid &= constant.has_value();
        Block *otherKeys = createBlock();
        Value isEqual =
            create<arith::CmpIOp>(arith::CmpIPredicate::eq, keyValue,
                                  makeConstant(int64_t(constant.value_or(0))));
        branch(isEqual, bodyBlock, otherKeys);
        startBlock(otherKeys);
      }
      branchTo(next);
    }
    startBlock(bodyBlock);
    Result value = lowerBody(llvm::ArrayRef(*elements).drop_front(), call.mode);
    isValid &= value.has_value();
    endWithEdge(edges, value.value_or(Value()));
    startBlock(next);
  }
  endWithEdge(edges, call.mode == Mode::Value ? makeConstant(0) : Value());
  return isValid ? join(edges, call.mode, call.form) : failed();
}

//===----------------------------------------------------------------------===//
// Logic
//===----------------------------------------------------------------------===//

/// `and` and `or` for their values: 0 or the last value; the first that is not
/// 0.
Result ProgramLowering::lowerAndOr(const Call &call) {
  bool isAnd = call.name == "AND";
  if (call.args.empty())
    return makeConstant(isAnd ? 1 : 0);
  llvm::SmallVector<Edge> edges;
  bool isValid = true;
  Block *skip = createBlock();
  for (const Form *operand : call.args.drop_back()) {
    Block *next = createBlock();
    if (isAnd || call.mode == Mode::Effect) {
      isValid &= isAnd ? lowerCondition(operand, next, skip)
                       : lowerCondition(operand, skip, next);
    } else {
      Result value = lowerValue(operand);
      isValid &= value.has_value();
      Block *done = createBlock();
      branchOnValue(value.value_or(makeConstant(0)), done, next);
      startBlock(done);
      endWithEdge(edges, value.value_or(makeConstant(0)));
    }
    startBlock(next);
  }
  Result last = lower(call.args.back(), call.mode);
  endWithEdge(edges, last.value_or(Value()));
  startBlock(skip);
  endWithEdge(edges, call.mode == Mode::Value ? makeConstant(0) : Value());
  if (!isValid || !last)
    return failed();
  return join(edges, call.mode, call.form);
}

Result ProgramLowering::lowerNot(const Call &call) {
  llvm::SmallVector<Edge> edges;
  Block *isTrue = createBlock(), *isFalse = createBlock();
  bool isValid = lowerCondition(call.args[0], isTrue, isFalse);
  startBlock(isTrue);
  endWithEdge(edges, makeConstant(0));
  startBlock(isFalse);
  endWithEdge(edges, makeConstant(1));
  return isValid ? join(edges, call.mode, call.form) : failed();
}

//===----------------------------------------------------------------------===//
// Blocks and loops
//===----------------------------------------------------------------------===//

Result ProgramLowering::lowerBlock(const Call &call) {
  const Symbol *name = call.args[0]->getSymbol();
  if (!name) {
    error(call.args[0], "the name of a block is a symbol");
    return failed();
  }
  namedBlocks.push_back({name, call.mode, {}, openRecords.size()});
  Result value = lowerBody(call.args.drop_front(), call.mode);
  NamedBlock block = std::move(namedBlocks.back());
  namedBlocks.pop_back();
  endWithEdge(block.edges, value.value_or(Value()));
  return value ? join(block.edges, call.mode, call.form) : failed();
}

Result ProgramLowering::lowerReturnFrom(const Call &call) {
  const Symbol *name = call.args[0]->getSymbol();
  auto block = llvm::find_if(llvm::reverse(namedBlocks),
                             [&](const NamedBlock &candidate) {
                               return name && candidate.name == name;
                             });
  if (block == namedBlocks.rend()) {
    error(call.args[0],
          "there is no block `" + getText(call.args[0]) + "` around this form");
    return failed();
  }
  size_t index = namedBlocks.rend() - block - 1;
  Result value = lowerBody(call.args.drop_front(), namedBlocks[index].mode);
  if (!value)
    return failed();
  discardRecords(namedBlocks[index].numRecords);
  endWithEdge(namedBlocks[index].edges, *value);
  startBlock(createBlock());
  return makeConstant(0);
}

/// The count of a `dotimes`; reports one that is not a constant.
std::optional<int64_t> ProgramLowering::parseCount(const Form *form) {
  const Form *culprit = findRunTimePart(form);
  if (!culprit)
    return requireConstantIn(form, env, "the count of `dotimes`", 0,
                             UINT32_MAX);
  error(culprit, "the count of `dotimes` has to be a constant, since the "
                 "kernel wants to see that the loop ends")
      .hint("loop up to a constant limit, and skip the rounds beyond the "
            "count with `(when (< index count) ...)`");
  return std::nullopt;
}

Result ProgramLowering::lowerDotimes(const Call &call) {
  std::optional<llvm::SmallVector<const Form *>> head =
      getElements(call.args[0], env.diags, "`(var count [result])`");
  if (!head)
    return failed();
  if (head->size() < 2 || head->size() > 3) {
    error(call.args[0], "`dotimes` is written `(dotimes (var count [result]) "
                        "body...)`");
    return failed();
  }
  if ((*head)[0]->isList()) {
    error((*head)[0], "the variable of `dotimes` is a symbol");
    return failed();
  }
  std::optional<Binding> binding = parseBinding((*head)[0]);
  if (!binding)
    return failed();
  std::optional<int64_t> count = parseCount((*head)[1]);

  NameScope names(*this);
  bindValue(binding->name->getSymbol(), makeConstant(0), ScalarType{32, false});
  size_t counter = variables.size() - 1;
  llvm::ArrayRef<const Form *> body = call.args.drop_front();
  bool isValid = parseDeclarations(body, *binding) && count;
  Block *loop = createBlock(), *rest = createBlock();
  if (count.value_or(1) > 0)
    branchTo(loop);
  else
    branchTo(rest);
  // The test is at the end, where the first round does not meet it.
  startBlock(loop);
  isValid &= lowerBody(body, Mode::Effect).has_value();
  Value next =
      create<arith::AddIOp>(readVariable(variables[counter]), makeConstant(1));
  next = writeVariable(variables[counter], next, call.form);
  Value goesOn = create<arith::CmpIOp>(arith::CmpIPredicate::ult, next,
                                       makeConstant(count.value_or(1)));
  branch(goesOn, loop, rest);
  startBlock(rest);
  Result value = head->size() == 3 ? lower((*head)[2], call.mode)
                                   : Result(makeConstant(0));
  return isValid ? value : failed();
}
