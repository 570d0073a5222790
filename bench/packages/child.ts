import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openApt } from "@firn/apt";
import { fetchContents } from "@firn/download";
import { openStore } from "@firn/store";
import { valueOf } from "./archive.ts";
import { readLock } from "./flake.ts";

/** What is measured without the command line around it, in a process of its own: from the lock of a flake. */
export const children: ReadonlyMap<string, (flake: string, cache: string) => Promise<unknown>> = new Map([
  ["resolve", resolve],
  ["fetch", fetchAll],
]);

async function resolve(flake: string, cache: string): Promise<unknown> {
  const apt = openApt({ cache, environment: process.env });
  const asked = Object.keys(JSON.parse(readFileSync(join(flake, "hosts/bench/src/packages.json"), "utf8")));
  const sources = Object.entries(readLock(flake).sources).map(([name, { want, ...state }]) => {
    return { name, source: { ...want, mirrors: [] }, state, isOnRequest: false };
  });
  const request = { sources, architecture: "amd64", asked: asked.map((name) => ({ name })), excluded: [] };
  return valueOf(await apt.resolve(request));
}

async function fetchAll(flake: string, cache: string): Promise<unknown> {
  const { closures, sources } = readLock(flake);
  const wanted = Object.values(closures).flatMap(({ packages }) =>
    packages.map((pin) => ({ ...pin, addresses: [`${sources[pin.source]?.want.address}/${pin.path}`] })),
  );
  return fetchContents({ wanted, store: openStore(cache) });
}
