//===- ProgramDeclaration.cpp - defprog -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds out a program's type, section and license.
//
//===----------------------------------------------------------------------===//

#include "ModuleLowering.h"

#include "ProgramLowering.h"
#include "Whistler/UAPI/Helpers.h"

using namespace whistler;

/// The value of `:section` or `:license`, which has to be text.
static const StringForm *parseString(const Form *form, llvm::StringRef what,
                                     DiagnosticEngine &diags) {
  auto *string = llvm::dyn_cast<StringForm>(form);
  if (string && !string->getValue().empty() &&
      !string->getValue().contains('\0'))
    return string;
  diags.error(form->getRange(),
              "`:" + what + "` takes a string" +
                  (string ? " that is not empty and has no NUL in it" : ""));
  return nullptr;
}

const uapi::ProgramType *ModuleLowering::parseProgramType(const Form *type) {
  const Symbol *symbol = type->getSymbol();
  if (symbol && symbol->isKeyword())
    if (auto *found = uapi::lookupProgramType(symbol->getName().lower()))
      return found;
  std::vector<std::string> names;
  for (const uapi::ProgramType &candidate : uapi::getProgramTypes())
    names.push_back(candidate.name.str());
  auto *string = llvm::dyn_cast<StringForm>(type);
  std::string nearest = symbol   ? findNearest(symbol->getName(), names)
                        : string ? findNearest(string->getValue(), names)
                                 : std::string();
  diags.error(type->getRange(),
              "there is no program type `" + getText(type) + "`" +
                  (nearest.empty() ? "; there are :" + llvm::join(names, " :")
                                   : "; did you mean `:" + nearest + "`?"));
  return nullptr;
}

/// Checks `section` against `type` (null where `:type` was not given), and
/// gives the program's type and the section name for the object file.
const uapi::ProgramType *
ModuleLowering::parseSection(const Form *section, const uapi::ProgramType *type,
                             std::string &name) {
  const StringForm *text = parseString(section, "section", diags);
  if (!text)
    return nullptr;
  uapi::SectionMatch match = uapi::classifySection(text->getValue());
  name = getQuoted(text->getValue());
  if (!match || !match.def->kind) {
    auto handle =
        diags.error(section->getRange(),
                    match ? "programs for section " + name +
                                " are not among the language's program types"
                          : "libbpf knows no section " + name +
                                " and could not load the program");
    if (type)
      handle.hint("programs of type `:" + type->name + "` go into section \"" +
                  (type->defaultSection.empty() ? type->exampleSection
                                                : type->defaultSection) +
                  "\"");
    return nullptr;
  }
  const uapi::ProgramType &sectionType = uapi::getProgramType(*match.def->kind);
  if (type && type->uapiType != sectionType.uapiType) {
    diags.error(section->getRange(),
                "section " + name +
                    " is for programs of type `:" + sectionType.name +
                    "`, and this program's type is `:" + type->name + "`");
    return nullptr;
  }
  if (match.status == uapi::SectionMatch::SuffixOnExact)
    diags.warning(section->getRange(), "libbpf 1.x refuses section " + name +
                                           "; the program goes into \"" +
                                           match.section +
                                           "\", which programs may share");
  name = match.section.str();
  if (sectionType.target == uapi::SectionTarget::Required &&
      match.def->form == uapi::SectionForm::OptionalTarget &&
      match.target.empty()) {
    diags.error(section->getRange(),
                "a program of type `:" + sectionType.name +
                    "` needs a section that names its target, such as \"" +
                    sectionType.exampleSection + "\"");
    return nullptr;
  }
  return &sectionType;
}

bool ModuleLowering::parseLicense(const Form *licenseForm, const Form *form,
                                  const uapi::ProgramType &type,
                                  std::string &text) {
  text = "GPL";
  llvm::SMRange range = form->getRange();
  if (licenseForm) {
    const StringForm *string = parseString(licenseForm, "license", diags);
    if (!string)
      return false;
    text = string->getValue().str();
    range = licenseForm->getRange();
  }
  if (type.requiresGpl && !uapi::isGplCompatible(text)) {
    diags.error(range, "the kernel loads programs of type `:" + type.name +
                           "` under a GPL-compatible license only, such as "
                           "\"GPL\" or \"Dual MIT/GPL\"");
    return false;
  }
  if (!license) {
    license = text;
    licenseRange = range;
    return true;
  }
  // The object that a session writes may hold some of its programs only.
  if (*license == text || host)
    return true;
  diags
      .error(range, "an object file has one license, and an earlier program's "
                    "is " +
                        getQuoted(*license))
      .note(licenseRange, "the earlier program's license is set here");
  return false;
}

void ModuleLowering::lowerProgram(const Form *form, Arguments args) {
  if (!checkName(args[0], "a program"))
    return;
  std::optional<std::string> cName = env.claimName(args[0]);
  if (!args[1]->isList() || (!args[1]->isNil() && listOperator(args[1]) &&
                             !listOperator(args[1])->isKeyword())) {
    diags.error(args[1]->getRange(),
                "the options of a program come before its body: `(:type :xdp)`,"
                " or `()` for none");
    return;
  }
  std::optional<llvm::SmallVector<const Form *>> options =
      getElements(args[1], diags);
  if (!options)
    return;
  KeywordArguments keywords(*options, {"type", "section", "license", "args"},
                            "a program", diags);
  if (!keywords.isValid())
    return;

  const uapi::ProgramType *type = nullptr;
  const Form *typeForm = keywords.lookup("type");
  const Form *sectionForm = keywords.lookup("section");
  if (typeForm && !(type = parseProgramType(typeForm)))
    return;
  if (!typeForm && !sectionForm)
    type = &uapi::getProgramType(uapi::ProgramKind::XDP);
  std::string section;
  if (sectionForm) {
    const uapi::ProgramType *sectionType =
        parseSection(sectionForm, type, section);
    // A section does not tell a uretprobe from a kprobe; `:type` does.
    type = sectionType && type ? type : sectionType;
    if (!type)
      return;
  } else if (type->defaultSection.empty()) {
    diags.error(form->getRange(), "a program of type `:" + type->name +
                                      "` needs a section that names its "
                                      "target, such as `:section \"" +
                                      type->exampleSection + "\"`");
    return;
  } else {
    section = type->defaultSection.str();
  }
  // A wrong license does not keep the body from being checked.
  std::string licenseText;
  if (!parseLicense(keywords.lookup("license"), form, *type, licenseText))
    licenseText = "GPL";
  auto prog = mlir::whistler::ProgOp::create(
      builder, getLocation(form->getRange(), diags, &context),
      cName.value_or("_"), type->name, section, licenseText);
  unsigned errorsBefore = diags.getNumErrors();
  ProgramLowering(env, prog, *type)
      .runProgram(form, keywords.lookup("args"), args.drop_front(2));
  if (diags.getNumErrors() != errorsBefore)
    return;
  removeEarlier(prog);
  const Symbol *name = args[0]->getSymbol();
  if (!llvm::is_contained(declaredPrograms, name))
    declaredPrograms.push_back(name);
}
