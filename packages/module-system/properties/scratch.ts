import { type Diagnostic, isDiagnosticError, renderDiagnostic, renderValue } from "@firn/diagnostic";
import { evaluate } from "@firn/module-system";
import { growOption } from "./random-option.ts";
const from = Number(process.env.FROM ?? 1),
  count = Number(process.env.COUNT ?? 1000),
  together = Number(process.env.TOG ?? 10);
const seen = new Map<string, { n: number; seed: number; stack: string }>();
const codes = new Map<string, number>();
function note(seed: number, what: string, thrown: any) {
  const stack = (() => {
    try {
      return String(thrown?.stack ?? thrown);
    } catch {
      return "?";
    }
  })();
  const line =
    what +
    " " +
    stack.split("\n").slice(0, 1).join("").slice(0, 300) +
    " | " +
    stack
      .split("\n")
      .slice(1)
      .filter((l) => /\(|at /.test(l) && !/properties/.test(l))
      .slice(0, 3)
      .map((l) => l.trim().replace(/\(.*\//, "("))
      .join(" < ");
  const k = seen.get(line);
  if (k) k.n++;
  else seen.set(line, { n: 1, seed, stack: stack.slice(0, 1500) });
}
const sources = { locate: ({ capture }: any) => void String(capture?.stack) } as any;
let slow: [number, number][] = [],
  values = 0,
  errs = 0,
  novals = 0;
let tEval = 0,
  tGrow = 0,
  tDiag = 0,
  tRead = 0,
  ndiag = 0;
const start = Date.now();
for (let s = from; s < from + count; s++) {
  const t0 = performance.now();
  const options = Array.from({ length: together }, (_, i) => growOption(s * together + i + 7919 * 13, i));
  const t1 = performance.now();
  let ev: any;
  try {
    ev = evaluate({ modules: options.flatMap((o) => o.modules), name: "random" });
  } catch (t) {
    note(s, "EVALUATE", t);
    continue;
  }
  const t2 = performance.now();
  const check = (d: Diagnostic) => {
    ndiag++;
    codes.set(d.code, (codes.get(d.code) ?? 0) + 1);
    try {
      renderDiagnostic(d, { sources });
    } catch (t) {
      note(s, "RENDER " + d.code, t);
    }
  };
  for (const d of ev.diagnostics) check(d);
  const t3 = performance.now();
  for (const { path, grown, isOther } of options) {
    try {
      const value = path.reduce<any>((v, p) => Reflect.get(v, p), ev.config);
      values++;
      if (!isOther && !grown.fits(value))
        note(
          s,
          "FITS " + grown.type.description.slice(0, 100),
          new Error(
            path +
              " = " +
              renderValue(value) +
              " " +
              ([value].flat(3).some((f) => typeof f === "function")
                ? (() => {
                    try {
                      return [value]
                        .flat(3)
                        .map((f: any) => renderValue(f(1)))
                        .join();
                    } catch (e) {
                      return "threw " + String((e as any)?.stack ?? e);
                    }
                  })()
                : ""),
          ),
        );
      else if (!isOther && grown.type.plain && !grown.type.accepts(value))
        note(
          s,
          "ACCEPTS " + grown.type.description.slice(0, 100),
          new Error(
            path +
              " = " +
              renderValue(value) +
              " " +
              ([value].flat(3).some((f) => typeof f === "function")
                ? (() => {
                    try {
                      return [value]
                        .flat(3)
                        .map((f: any) => renderValue(f(1)))
                        .join();
                    } catch (e) {
                      return "threw " + String((e as any)?.stack ?? e);
                    }
                  })()
                : ""),
          ),
        );
    } catch (t: any) {
      if (isDiagnosticError(t)) {
        errs++;
        t.diagnostics.forEach(check);
        if (t.diagnostics[0].code === "no-value") novals++;
      } else note(s, "READ", t);
    }
    for (const k of ["value", "explain"])
      try {
        ev[k](path);
      } catch (t: any) {
        if (isDiagnosticError(t)) t.diagnostics.forEach(check);
        else note(s, k, t);
      }
  }
  const t4 = performance.now();
  tGrow += t1 - t0;
  tEval += t2 - t1;
  tDiag += t3 - t2;
  tRead += t4 - t3;
  if (t4 - t0 > 100) slow.push([s, Math.round(t4 - t0)]);
}
console.log({ ms: Date.now() - start, values, errs, novals, ndiag, tGrow, tEval, tDiag, tRead });
console.log(
  "slow",
  slow.length,
  slow
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .join(" "),
);
console.log([...codes]);
for (const [k, v] of [...seen].sort((a, b) => b[1].n - a[1].n).slice(0, 25)) console.log(v.n, "seed", v.seed, k);
if (process.env.STACK) for (const v of seen.values()) console.log(v.stack);
