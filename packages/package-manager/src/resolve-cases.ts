import { expect } from "vitest";
import { type ManagerCase, valueOf } from "./manager-trial.ts";
import { packageKey, type PackageRequest } from "./package-pin.ts";
import type { PublishedPackage } from "./package-world.ts";

const tool = (version: string, more: Partial<PublishedPackage> = {}): PublishedPackage => {
  return { name: "tool", version, ...more };
};

/** What every manager finds. */
export const resolveCases: readonly ManagerCase[] = [
  {
    title: "finds what is asked for and all that it needs, sorted, with the reason of each",
    async check(trial, [first]) {
      const locked = await trial.publish("main", [
        tool(first, { needs: [["lib"], ["data"]] }),
        { name: "lib", version: first, needs: [["base"]] },
        { name: "base", version: first },
        { name: "data", version: first, needs: [["base"]] },
        { name: "other", version: first },
      ]);
      const members = valueOf(await trial.ask(trial.request([locked], ["tool"])));
      expect(members.map(({ name, neededBy }) => [name, neededBy])).toEqual([
        ["base", expect.stringMatching(/^(?:lib|data)$/) as string],
        ["data", "tool"],
        ["lib", "tool"],
        ["tool", undefined],
      ]);
      for (const { path, sha256, size } of members) {
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(size).toBeGreaterThan(0);
        expect(path).not.toMatch(/^\/|^$|\.\./);
      }
      expect(new Set(members.map(packageKey)).size).toBe(4);
    },
  },
  {
    title: "answers the same to the same, in whatever order it is asked",
    async check(trial, [first]) {
      const locked = await trial.publish("main", [
        tool(first, { needs: [["lib"]] }),
        { name: "lib", version: first },
        { name: "axe", version: first },
      ]);
      const answer = await trial.resolve(trial.request([locked], ["axe", "tool"]));
      expect(await trial.resolve(trial.request([locked], ["tool", "axe"]))).toEqual(answer);
    },
  },
  {
    title: "takes the newest of all sources, and another source or version where that is asked for",
    async check(trial, [first, second, third]) {
      const sources = [
        await trial.publish("main", [tool(first)]),
        await trial.publish("more", [tool(second)]),
        await trial.publish("late", [tool(third)], true),
      ];
      const of = (request: PackageRequest): Promise<string[]> => trial.resolve(trial.request(sources, [request]));
      expect(await of({ name: "tool" })).toEqual([`tool ${second} more`]);
      expect(await of({ name: "tool", source: "main" })).toEqual([`tool ${first} main`]);
      expect(await of({ name: "tool", version: first })).toEqual([`tool ${first} main`]);
      expect(await of({ name: "tool", source: "late" })).toEqual([`tool ${third} late`]);
    },
  },
  {
    title: "takes of what is chosen that version once something needs it, and not otherwise",
    async check(trial, [first, second]) {
      const sources = [
        await trial.publish("main", [tool(first, { needs: [["lib"]] }), { name: "lib", version: first }]),
        await trial.publish("more", [
          { name: "lib", version: second },
          { name: "axe", version: first },
        ]),
      ];
      const chosen = [{ name: "lib", version: first }];
      expect(await trial.resolve({ ...trial.request(sources, ["tool"]), chosen })).toEqual([
        `lib ${first} main for tool`,
        `tool ${first} main`,
      ]);
      expect(await trial.resolve({ ...trial.request(sources, ["axe"]), chosen })).toEqual([`axe ${first} more`]);
    },
  },
  {
    title: "takes the first of alternatives that may be there",
    async check(trial, [first]) {
      const locked = await trial.publish("main", [
        tool(first, { needs: [["lib", "own-lib"]] }),
        { name: "lib", version: first },
        { name: "own-lib", version: first },
      ]);
      const request = trial.request([locked], ["tool"]);
      expect(await trial.resolve(request)).toEqual([`lib ${first} main for tool`, `tool ${first} main`]);
      expect(await trial.resolve({ ...request, excluded: ["lib"] })).toEqual([
        `own-lib ${first} main for tool`,
        `tool ${first} main`,
      ]);
    },
  },
  {
    title: "prefers what a flake makes itself to all sources, and gives it no file",
    async check(trial, [first, second]) {
      const locked = await trial.publish("main", [tool(first, { needs: [["lib"]] }), { name: "lib", version: second }]);
      const own = {
        name: "lib",
        version: first,
        architecture: "amd64",
        sha256: "a".repeat(64),
        summary: "Own",
        depends: [],
        provides: [],
        conflicts: [],
        replaces: [],
      };
      const members = valueOf(await trial.ask({ ...trial.request([locked], ["tool"]), own: [own] }));
      expect(members[0]).toMatchObject({ name: "lib", version: first, source: "own", sha256: own.sha256, size: 0 });
    },
  },
];
