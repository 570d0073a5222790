import { alternativeCases } from "./alternatives.ts";
import { anythingCases } from "./anything.ts";
import { attrListCases } from "./attr-list-of.ts";
import { attrTagCases } from "./attr-tag.ts";
import { attrsOfCases } from "./attrs-of.ts";
import { conflictCases } from "./conflicts.ts";
import { declarationCases } from "./declarations.ts";
import { deferredModuleCases } from "./deferred-modules.ts";
import { emptyValueCases } from "./empty-values.ts";
import { freeformCases } from "./freeform.ts";
import { functionCases } from "./functions.ts";
import { introspectionCases } from "./introspection.ts";
import { listCases } from "./lists.ts";
import { moduleArgumentCases } from "./module-arguments.ts";
import { moduleClassCases } from "./module-class.ts";
import { moduleIdentityCases } from "./module-identity.ts";
import { moduleSyntaxCases } from "./module-syntax.ts";
import { noticeCases } from "./notices.ts";
import { optionExistenceCases } from "./option-existence.ts";
import { optionValueCases } from "./option-values.ts";
import { placeCases } from "./places.ts";
import { priorityCases } from "./priorities.ts";
import { readOnlyCases } from "./read-only.ts";
import { refinementCases } from "./refinements.ts";
import { renameCases } from "./renames.ts";
import { roundCases } from "./rounds.ts";
import { scalarTypeCases } from "./scalar-types.ts";
import { structuredValueCases } from "./structured-values.ts";
import { submoduleCases } from "./submodules.ts";
import type { TestCase } from "./test-case.ts";
import { undeclaredOptionCases } from "./undeclared-options.ts";
import { uniqueCases } from "./unique-and-raw.ts";
import { wrapperCases } from "./wrappers.ts";

/** All cases of the language, by capability. */
export const allCases: Readonly<Record<string, readonly TestCase[]>> = {
  modules: moduleSyntaxCases,
  "identity of modules": moduleIdentityCases,
  arguments: moduleArgumentCases,
  "class of modules": moduleClassCases,
  declarations: declarationCases,
  "undeclared options": undeclaredOptionCases,
  "options that may exist": optionExistenceCases,
  "options as values": optionValueCases,
  priorities: priorityCases,
  wrappers: wrapperCases,
  conflicts: conflictCases,
  "scalar types": scalarTypeCases,
  alternatives: alternativeCases,
  lists: listCases,
  "sets of members": attrsOfCases,
  "tagged sets": attrTagCases,
  "ordered sets": attrListCases,
  "structured values": structuredValueCases,
  refinements: refinementCases,
  anything: anythingCases,
  functions: functionCases,
  "single definitions": uniqueCases,
  "empty values": emptyValueCases,
  submodules: submoduleCases,
  "undeclared names": freeformCases,
  "deferred modules": deferredModuleCases,
  renames: renameCases,
  "read-only options": readOnlyCases,
  notices: noticeCases,
  rounds: roundCases,
  places: placeCases,
  introspection: introspectionCases,
};
