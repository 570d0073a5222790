import { test } from "vitest";
import { writeFileSync, readFileSync } from "node:fs";
import { hostSeeing, tryHosts, type Files } from "./try-hosts.ts";
test("explore", { timeout: 100_000 }, async () => {
  const list = JSON.parse(readFileSync("/tmp/L/in.json", "utf8")) as [string, string, string?, Files?][];
  const files: Record<string, string> = {};
  list.forEach(([, expression, imports = "", more = {}], i) => {
    files[`hosts/x${i}/src/index.ts`] = expression === "" ? imports : hostSeeing(expression, imports);
    for (const [k, v] of Object.entries(more)) files[k.startsWith("/") ? k.slice(1) : `hosts/x${i}/${k}`] = v;
  });
  const { hosts } = await tryHosts({ hosts: list.map((_, i) => `x${i}`), files });
  writeFileSync("/tmp/L/out.txt", hosts.map((h, i) => `${list[i]?.[0]} => ${h.shown.slice(0, 260)}`).join("\n") + "\n");
});
