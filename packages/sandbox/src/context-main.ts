import * as diagnostic from "@firn/diagnostic";
import * as firn from "firn";
import { startBundle } from "./evaluate-bundle.ts";
import { allowOverrides, freezeReachable, hiddenIntrinsics } from "./freeze-reachable.ts";
import { plainNames, refusedNames } from "./guarded-names.ts";
import { refuseAll } from "./refusal.ts";
import type { StartChunks } from "./run-chunks.ts";
import { tameIntrinsics } from "./tame-intrinsics.ts";

// The script that runs in the context, before and around host code. The
// process outside hands it texts and functions of this very context, and gets
// texts: no object of that process is ever within reach of host code.

const shared: Record<string, object> = { firn };
let names: Readonly<Record<string, unknown>> = {};
let answer: (request: string) => string = () => "{}";

/** Tames and freezes the language and Firn's; from here on code of others may run. */
export function seal(): void {
  const tamed = tameIntrinsics();
  // Both inherit from the real Error, which only the engine may reach: it sets the limit of its stacks.
  Object.setPrototypeOf(diagnostic.DiagnosticError, tamed.Error);
  Object.setPrototypeOf(diagnostic.InternalError, tamed.Error);
  for (const name of refusedNames) if (name !== "globalThis") Reflect.deleteProperty(globalThis, name);
  const plain = Object.fromEntries(plainNames.map((name): [string, unknown] => [name, Reflect.get(globalThis, name)]));
  allowOverrides();
  const own = [diagnostic, firn].flatMap((namespace): unknown[] => Object.values(namespace));
  const globals = Object.getOwnPropertyNames(globalThis).map((name): unknown => Reflect.get(globalThis, name));
  const but = new Set<unknown>([Error, globalThis]);
  freezeReachable([...globals, ...Object.values(tamed), ...hiddenIntrinsics(), ...own], but);
  fixGlobals();
  freezeAllBut(Error, "stackTraceLimit");
  names = {
    ...plain,
    ...Object.fromEntries(refusedNames.map((name) => [name, refuseAll(name)])),
    ...tamed,
    require: requireShared,
  };
}

/** Lets nobody give another meaning to what has a name without being given. */
function fixGlobals(): void {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    Object.defineProperty(globalThis, name, {
      value: Reflect.get(globalThis, name),
      writable: false,
      configurable: false,
    });
  }
}

/** V8 reads the limit of stacks from this very property, and only where it is a plain one. */
function freezeAllBut(target: object, but: string): void {
  for (const key of Reflect.ownKeys(target)) {
    const found = Object.getOwnPropertyDescriptor(target, key);
    if (found === undefined || key === but) continue;
    Object.defineProperty(target, key, { configurable: false, ...("value" in found && { writable: false }) });
  }
  Object.preventExtensions(target);
}

/** Finds what code of others is given for a name. */
export function given(name: string): unknown {
  return names[name];
}

/** For scripts of Firn's own modules: a bundle has a function of its own for this. */
function requireShared(name: string): object | undefined {
  return Object.hasOwn(shared, name) ? shared[name] : undefined;
}

/** Takes the namespace of a module that host code may import, loaded in this context after it was sealed. */
export function share(name: string, namespace: object): void {
  freezeReachable(Object.values(namespace), new Set([Error, ...Object.values(namespace).flatMap(growingPrototype)]));
  fixGlobals();
  shared[name] = namespace;
}

/** The classes of zod, which have an "init", get their members with their first instance. */
function growingPrototype(value: unknown): unknown[] {
  return typeof value === "function" && Object.hasOwn(value, "init") ? [value.prototype] : [];
}

/** Starts the bundle: from now on `ask` answers. */
export function start(open: (given: (name: string) => unknown) => StartChunks): void {
  ({ answer } = startBundle(open(given), shared));
}

/** Answers a request with JSON text; never throws, short of a lack of memory or stack. */
export function ask(request: string): string {
  return answer(request);
}
