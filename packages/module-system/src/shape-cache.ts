import { listModules } from "./module-list.ts";
import type { Module } from "./module.ts";
import { declareModules, type Shape } from "./shape.ts";

/** Declares each list of modules once, however many submodules are made of it. */
export class ShapeCache {
  readonly #roots: Step = { next: new Map() };

  /** Gives the merged declarations of modules and their imports. */
  find(modules: readonly Module[], wantedClass: string | undefined): Shape {
    let step = this.#roots;
    for (const key of [wantedClass, ...modules]) {
      const next = step.next.get(key) ?? { next: new Map() };
      step.next.set(key, next);
      step = next;
    }
    step.shape ??= makeShape(modules, wantedClass);
    return step.shape;
  }
}

interface Step {
  readonly next: Map<unknown, Step>;
  shape?: Shape;
}

function makeShape(modules: readonly Module[], wantedClass: string | undefined): Shape {
  const list = listModules(modules, wantedClass);
  const shape = declareModules(list.modules);
  return { ...shape, diagnostics: [...list.diagnostics, ...shape.diagnostics] };
}
