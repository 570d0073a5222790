import * as z from "zod";
import { holdMembers } from "./freeze-reachable.ts";

export * from "zod";

// A class of zod gets its members with its first instance.
const text = z.string();
const samples: readonly object[] = [
  [text, z.number(), z.int(), z.boolean(), z.bigint(), z.date(), z.null(), z.undefined(), z.any(), z.unknown()],
  [z.never(), z.void(), z.symbol(), z.nan(), z.email(), z.url(), z.uuid(), z.ipv4(), z.iso.datetime()],
  [z.object({ text }), z.array(text), z.tuple([text]), z.record(text, text), z.map(text, text), z.set(text)],
  [z.union([text, text]), z.intersection(text, text), z.enum(["a"]), z.literal("a"), z.lazy(() => text)],
  [z.discriminatedUnion("a", [z.object({ a: z.literal("a") })]), z.promise(text), z.custom(() => true)],
  [text.optional(), text.nullable(), text.default(""), text.prefault(""), text.catch(""), text.readonly()],
  [text.transform((value) => value), text.pipe(text), text.refine(() => true), z.templateLiteral(["a"])],
].flat();
for (const sample of samples) {
  holdMembers(Object.getPrototypeOf(sample));
  holdMembers(Object.getPrototypeOf(Reflect.get(sample, "_zod")));
}

// The settings are those of all modules that use zod: none sets them for the others.
Object.freeze(z.config());
