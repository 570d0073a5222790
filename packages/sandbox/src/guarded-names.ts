/** Names that host code is given stand-ins for, so that a use of them is refused by name and line. */
export const refusedNames: readonly string[] = [
  // What Node.js has and a context has not.
  "process",
  "global",
  "globalThis",
  "fetch",
  "performance",
  "crypto",
  "navigator",
  "console",
  "module",
  "Buffer",
  "__dirname",
  "__filename",
  "WebSocket",
  "EventSource",
  "Worker",
  "BroadcastChannel",
  "MessageChannel",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "structuredClone",
  // What the language has, and by which code, time or the collector of garbage would come in.
  "eval",
  "WebAssembly",
  "SharedArrayBuffer",
  "Atomics",
  "WeakRef",
  "FinalizationRegistry",
  "Temporal",
  "ShadowRealm",
];

/** Names that host code is given guarded forms of. */
export const tamedNames: readonly string[] = ["Date", "Error", "Function"];

/**
 * Names of the language that all code in the context is given as parameters: a
 * context looks its globals up through the process, a hundred times slower.
 */
export const plainNames: readonly string[] = (
  "AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView EvalError " +
  "Float32Array Float64Array Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number " +
  "Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError " +
  "URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet decodeURI " +
  "decodeURIComponent encodeURI encodeURIComponent escape isFinite isNaN parseFloat parseInt unescape"
).split(" ");
