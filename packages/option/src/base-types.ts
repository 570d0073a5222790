import { attrListOf } from "./attr-list-type.ts";
import { coercedTo, either, nullOr, oneOf } from "./alternative-types.ts";
import { anything } from "./anything-type.ts";
import { attrs, attrsOf } from "./attrs-types.ts";
import { functionTo } from "./function-type.ts";
import { json, recursive, toml } from "./json-types.ts";
import { listOf, nonEmptyListOf } from "./list-types.ts";
import { float, int, ints, number, port } from "./number-types.ts";
import { addCheck } from "./refined-type.ts";
import { bool, boolByOr, enumOf } from "./scalar-types.ts";
import { raw, rawOf, unique } from "./single-types.ts";
import {
  commas,
  envVar,
  lines,
  nonEmptyStr,
  path,
  pathWith,
  separatedString,
  singleLineStr,
  str,
  strMatching,
} from "./string-types.ts";
import { attrTag } from "./tag-type.ts";

/** The types that need no modules; `submodule` and `deferredModule` join them in `@firn/module-system`. */
export const baseTypes: BaseTypes = {
  bool,
  boolByOr,
  int,
  ints,
  float,
  number,
  port,
  str,
  nonEmptyStr,
  singleLineStr,
  strMatching,
  lines,
  commas,
  envVar,
  separatedString,
  path,
  pathWith,
  enum: enumOf,
  listOf,
  nonEmptyListOf,
  attrs,
  attrsOf,
  attrListOf,
  attrTag,
  nullOr,
  either,
  oneOf,
  coercedTo,
  unique,
  raw,
  rawOf,
  anything,
  functionTo,
  addCheck,
  json,
  toml,
  recursive,
};

/** See `baseTypes`. */
export interface BaseTypes {
  readonly bool: typeof bool;
  readonly boolByOr: typeof boolByOr;
  readonly int: typeof int;
  readonly ints: typeof ints;
  readonly float: typeof float;
  readonly number: typeof number;
  readonly port: typeof port;
  readonly str: typeof str;
  readonly nonEmptyStr: typeof nonEmptyStr;
  readonly singleLineStr: typeof singleLineStr;
  readonly strMatching: typeof strMatching;
  readonly lines: typeof lines;
  readonly commas: typeof commas;
  readonly envVar: typeof envVar;
  readonly separatedString: typeof separatedString;
  readonly path: typeof path;
  readonly pathWith: typeof pathWith;
  readonly enum: typeof enumOf;
  readonly listOf: typeof listOf;
  readonly nonEmptyListOf: typeof nonEmptyListOf;
  readonly attrs: typeof attrs;
  readonly attrsOf: typeof attrsOf;
  readonly attrListOf: typeof attrListOf;
  readonly attrTag: typeof attrTag;
  readonly nullOr: typeof nullOr;
  readonly either: typeof either;
  readonly oneOf: typeof oneOf;
  readonly coercedTo: typeof coercedTo;
  readonly unique: typeof unique;
  readonly raw: typeof raw;
  readonly rawOf: typeof rawOf;
  readonly anything: typeof anything;
  readonly functionTo: typeof functionTo;
  readonly addCheck: typeof addCheck;
  readonly json: typeof json;
  readonly toml: typeof toml;
  readonly recursive: typeof recursive;
}
