import { capturePlace, DiagnosticError, renderPath, similarNames } from "@firn/diagnostic";
import { isPlainObject, NO_VALUE, VIEW } from "@firn/option";
import type { GroupNode, OptionNode } from "./graph.ts";
import { noValueProblem } from "./no-value.ts";

/** Makes the object through which a set of options is read; it notes who reads what. */
export function makeConfigView(group: Omit<GroupNode, "view">): object {
  return new Proxy({}, new ConfigView(group));
}

/** Makes `args`: the values of the arguments that modules ask for. */
export function makeArgumentsView(root: GroupNode): object {
  const module = root.children.get("_module");
  const args = module?.kind === "group" ? module.children.get("args") : undefined;
  return args?.kind === "group" ? args.view : {};
}

/** Reads an option for whoever is running; outside of an evaluation, a missing value is an error. */
export function readOption(node: OptionNode): unknown {
  const { forward } = node.shape;
  if (forward?.kind === "alias") return readPath(node.scope.root.view, forward.to);
  const { tracker } = node.scope.evaluating;
  tracker.note(node);
  if (node.value !== NO_VALUE) return node.value;
  if (tracker.reader !== undefined) return tracker.miss(node);
  throw new DiagnosticError(node.problems.length > 0 ? node.problems : [noValueProblem(node)]);
}

function readPath(view: object, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (value === undefined ? undefined : Reflect.get(value as object, part)),
    view,
  );
}

/** Reads an option without waiting for it. */
function hasValue(node: OptionNode): boolean {
  node.scope.evaluating.tracker.note(node);
  return node.value !== NO_VALUE;
}

/** What JavaScript itself looks for in any object: in `JSON.stringify` and in `await`. */
const protocols = new Set(["toJSON", "then"]);

class ConfigView implements ProxyHandler<object> {
  readonly #group: Omit<GroupNode, "view">;

  constructor(group: Omit<GroupNode, "view">) {
    this.#group = group;
  }

  get(_target: object, name: string | symbol): unknown {
    if (typeof name === "symbol") return name === VIEW ? true : undefined;
    const child = this.#group.children.get(name);
    if (child === undefined) return this.#readUndeclared(name);
    return child.kind === "group" ? child.view : readOption(child);
  }

  #readUndeclared(name: string): unknown {
    const free = this.#freeMembers();
    if (free !== undefined && Object.hasOwn(free, name)) return free[name];
    if (name in Object.prototype) return Reflect.get(Object.prototype, name);
    if (protocols.has(name)) return undefined;
    const { scope, shape } = this.#group;
    if (scope.evaluating.tracker.reader === undefined || scope.freeform !== undefined) return undefined;
    throw unknownRead([...scope.path, ...shape.path, name], this.#group.children.keys());
  }

  /** The undeclared names at this level, where they are allowed. */
  #freeMembers(): Record<string, unknown> | undefined {
    const { freeform } = this.#group.scope;
    if (freeform === undefined || !hasValue(freeform)) return undefined;
    const found = this.#group.shape.path.reduce<unknown>(
      (value, part) => (isPlainObject(value) ? value[part] : undefined),
      freeform.value,
    );
    return isPlainObject(found) ? found : undefined;
  }

  has(_target: object, name: string | symbol): boolean {
    if (typeof name === "symbol") return false;
    return this.#group.children.has(name) || Object.hasOwn(this.#freeMembers() ?? {}, name);
  }

  /** Lists the options that have a value: one without is not in the way of whoever writes a settings file. */
  ownKeys(): string[] {
    const declared = [...this.#group.children].filter(([name, child]) => isListed(name, child)).map(([name]) => name);
    return [...new Set([...declared, ...Object.keys(this.#freeMembers() ?? {})])];
  }

  getOwnPropertyDescriptor(target: object, name: string | symbol): PropertyDescriptor | undefined {
    if (!this.has(target, name)) return undefined;
    const child = this.#group.children.get(name as string);
    if (child !== undefined && !isListed(name as string, child)) return undefined;
    return { value: this.get(target, name), enumerable: true, configurable: true, writable: false };
  }

  set(_target: object, name: string | symbol): never {
    throw changedValue([...this.#group.scope.path, ...this.#group.shape.path, String(name)]);
  }

  defineProperty(_target: object, name: string | symbol): never {
    throw changedValue([...this.#group.scope.path, ...this.#group.shape.path, String(name)]);
  }

  preventExtensions(): never {
    throw changedValue([...this.#group.scope.path, ...this.#group.shape.path]);
  }

  setPrototypeOf(): never {
    throw changedValue([...this.#group.scope.path, ...this.#group.shape.path]);
  }

  deleteProperty(_target: object, name: string | symbol): never {
    throw changedValue([...this.#group.scope.path, ...this.#group.shape.path, String(name)]);
  }
}

function isListed(name: string, child: GroupNode | OptionNode): boolean {
  if (child.kind === "group") return name !== "_module";
  return child.shape.forward === undefined && hasValue(child);
}

const depth = 12;

function unknownRead(path: readonly string[], siblings: Iterable<string>): DiagnosticError {
  const parent = path.slice(0, -1);
  const name = path.at(-1) ?? "";
  const isArgument = parent.at(-2) === "_module" && parent.at(-1) === "args";
  const near = similarNames(name, siblings).map((each) => (isArgument ? each : renderPath([...parent, each])));
  const otherwise = isArgument ? "declare it in the args of the module" : "import the module that declares it";
  return new DiagnosticError([
    {
      code: "unknown-read",
      severity: "error",
      message: isArgument
        ? `Cannot read the module argument "${name}": no module declares it`
        : `Cannot read the option "${renderPath(path)}": it does not exist`,
      optionPath: path,
      marks: [{ role: "read here", place: { capture: capturePlace(unknownRead, depth) } }],
      fix:
        near.length === 0
          ? `${otherwise.charAt(0).toUpperCase()}${otherwise.slice(1)}`
          : `Read ${near.map((each) => `"${each}"`).join(" or ")}, or ${otherwise}`,
    },
  ]);
}

function changedValue(path: readonly string[]): DiagnosticError {
  return new DiagnosticError([
    {
      code: "config-changed-value",
      severity: "error",
      message: `Cannot change "${renderPath(path)}": a configuration is read, not written`,
      optionPath: path,
      marks: [{ role: "changed here", place: { capture: capturePlace(changedValue, depth) } }],
      fix: "Give the value to define({ … })",
    },
  ]);
}
