import { type Diagnostic, diagnosticCodes, type Mark, type Place } from "@firn/diagnostic";
import type { JsonSchema } from "@firn/option";
import type { HostOutcome } from "@firn/loader";
import type { ValueAnswer } from "./protocol.ts";
import { anything, fields, list, longText, number, oneOf, optional, type Shape, text, truth } from "./untrusted.ts";

/** A value as text for people, and as data where JSON can say it. */
export interface ShownValue {
  /** At most about 72 characters; missing when there is no value. */
  readonly shown?: string;
  readonly value?: unknown;
}

/** One definition of an option, and what became of it. */
export interface ShownDefinition extends ShownValue {
  readonly priority: number;
  readonly order: number;
  readonly module: string;
  readonly place: Place;
  readonly fate: "used" | "overridden" | "condition";
  /** What the defining function had read before. */
  readonly reads: readonly ShownRead[];
}

/** One read of an option by a function that defines another. */
export interface ShownRead extends ShownValue {
  readonly path: readonly string[];
  readonly place: Place;
}

/** Where the value of an option comes from. */
export interface ShownExplanation extends ShownValue {
  readonly path: readonly string[];
  readonly type: string;
  readonly description?: string;
  readonly declarations: readonly Mark[];
  /** The used ones in merge order, then the others, strongest first. */
  readonly definitions: readonly ShownDefinition[];
  /** The options below, where the path names a set of options. */
  readonly below: readonly (readonly string[])[];
}

/** One declared option. */
export interface ShownOption {
  readonly path: readonly string[];
  readonly type: string;
  readonly schema: JsonSchema;
  readonly description?: string;
  readonly default?: unknown;
  readonly defaultShown?: string;
  readonly defaultText?: string;
  readonly example?: unknown;
  readonly exampleShown?: string;
  readonly readOnly: boolean;
  readonly internal: boolean;
  readonly visible: boolean;
  readonly declarations: readonly Mark[];
}

/** Where the members of options are defined. */
export interface ShownMembers {
  readonly members: readonly {
    readonly path: readonly string[];
    readonly module: string;
    readonly place: Place;
    /** Index into `calls`. */
    readonly call: number;
  }[];
  /** For each call of `define`, what had been read before it: indexes into `reads`. */
  readonly calls: readonly (readonly number[])[];
  readonly reads: readonly {
    readonly path: readonly string[];
    /** Value as JSON text; missing where there is none. */
    readonly json?: string;
    readonly definitions: readonly { readonly module: string; readonly place: Place }[];
  }[];
}

/** What is known of one host after it was evaluated. */
export interface HostAnswer {
  readonly outcome: HostOutcome;
  /** Problems of the evaluation, errors first. */
  readonly diagnostics: readonly Diagnostic[];
  /** The answer to the question for a value. */
  readonly value?: ValueAnswer;
  /** The explanation that was asked for first, then those of what it mentions. */
  readonly explanations?: readonly ShownExplanation[];
  /** All option paths, where the path of the question is none. */
  readonly known?: readonly string[];
  readonly options?: readonly ShownOption[];
  readonly members?: ShownMembers;
  /** Why there is no answer: a mistake of Firn, or an answer beyond all bounds. */
  readonly failed?: string;
}

const path = list(text);

/** A position is never taken: it would have this process show the line of a file that host code chose. */
const place: Shape<Place> = (data) => {
  const { stack, property, label } = fields<{ stack?: string; property?: string[]; label?: string }>({
    stack: optional(text),
    property: optional(path),
    label: optional(text),
  })(data);
  return {
    ...(stack !== undefined && { capture: { stack } }),
    ...(property !== undefined && { property }),
    ...(label !== undefined && { label }),
  };
};

const mark = fields<Mark>({ role: text, place });

const diagnostic = fields<Diagnostic>({
  code: oneOf(diagnosticCodes),
  severity: oneOf(["error", "warning"]),
  message: text,
  optionPath: optional(path),
  marks: list(mark),
  why: optional(list(text)),
  fix: optional(text),
  cause: () => undefined,
});

const shownValue = { shown: optional(text), value: anything } as const;

const definition = fields<ShownDefinition>({
  ...shownValue,
  priority: number,
  order: number,
  module: text,
  place,
  fate: oneOf(["used", "overridden", "condition"]),
  reads: list(fields<ShownRead>({ ...shownValue, path, place })),
});

const explanation = fields<ShownExplanation>({
  ...shownValue,
  path,
  type: text,
  description: optional(text),
  declarations: list(mark),
  definitions: list(definition),
  below: list(path),
});

const option = fields<ShownOption>({
  path,
  type: text,
  schema: anything as Shape<JsonSchema>, // It is printed as data, and nothing else is done with it.
  description: optional(text),
  default: anything,
  defaultShown: optional(text),
  defaultText: optional(text),
  example: anything,
  exampleShown: optional(text),
  readOnly: truth,
  internal: truth,
  visible: truth,
  declarations: list(mark),
});

const outcomes: { readonly [K in HostOutcome["kind"]]: Shape<object> } = {
  module: fields({}),
  refused: fields({ diagnostics: list(diagnostic) }),
  threw: fields({ what: text, stack: optional(text) }),
  "no-default": fields({ exported: list(text) }),
  "not-a-module": fields({ described: text }),
};

const outcome: Shape<HostOutcome> = (data) => {
  const { kind } = fields<{ kind: HostOutcome["kind"] }>({
    kind: oneOf(["module", "refused", "threw", "no-default", "not-a-module"]),
  })(data);
  return { kind, ...outcomes[kind](data) } as HostOutcome; // The table has the shape of each kind.
};

const value = fields<ValueAnswer>({
  json: optional(longText),
  diagnostics: list(diagnostic),
  known: optional(path),
  whole: optional(longText),
});

const members = fields<ShownMembers>({
  members: list(fields<ShownMembers["members"][number]>({ path, module: text, place, call: number })),
  calls: list(list(number)),
  reads: list(
    fields<ShownMembers["reads"][number]>({
      path,
      json: optional(longText),
      definitions: list(fields<{ module: string; place: Place }>({ module: text, place })),
    }),
  ),
});

const answer = fields<HostAnswer>({
  outcome,
  diagnostics: list(diagnostic),
  value: optional(value),
  explanations: optional(list(explanation)),
  known: optional(path),
  options: optional(list(option)),
  members: optional(members),
  failed: optional(text),
});

const failure = fields<{ failed?: string }>({ failed: optional(text) });

/** Parses what the process that evaluates says about one host; what it should not say is left out. */
export function parseAnswer(json: string): HostAnswer {
  const data: unknown = JSON.parse(json);
  const { failed } = failure(data);
  return failed === undefined ? answer(data) : { outcome: { kind: "module" }, diagnostics: [], failed };
}

/** Parses explanations, as they were shown. */
export function parseExplanations(data: unknown): readonly ShownExplanation[] {
  return list(explanation)(data);
}
