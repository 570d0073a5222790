import { expect } from "vitest";
import { codesOf, type ManagerCase, valueOf } from "./manager-trial.ts";

/** What every manager does with sources. */
export const sourceCases: readonly ManagerCase[] = [
  {
    title: "reads the same state of a source until that moves",
    async check(trial, [first, second]) {
      const source = trial.world.publish("main", [{ name: "tool", version: first }]);
      const state = valueOf(await trial.world.manager.readSource(source));
      expect(valueOf(await trial.world.manager.readSource(source))).toEqual(state);
      const moved = await trial.publish("main", [{ name: "tool", version: second }]);
      expect(moved.state.lists).not.toEqual(state.lists);
      expect(Date.parse(moved.state.date)).toBeGreaterThan(Date.parse(state.date));
    },
  },
  {
    title: "believes no source that its keys do not vouch for",
    async check(trial, [first]) {
      const source = trial.world.publish("main", [{ name: "tool", version: first }]);
      const foreign = await trial.world.manager.readSource({ ...source, keys: ["0".repeat(40)] });
      expect([foreign.value, codesOf(foreign)]).toEqual([undefined, ["bad-source"]]);
      trial.world.tamper("main");
      const tampered = await trial.world.manager.readSource(source);
      expect([tampered.value, codesOf(tampered)]).toEqual([undefined, ["bad-source"]]);
    },
  },
  {
    title: "says that a source is not there",
    async check(trial, [first]) {
      const source = trial.world.publish("main", [{ name: "tool", version: first }]);
      trial.world.remove("main");
      const answer = await trial.world.manager.readSource(source);
      expect(answer.value).toBeUndefined();
      // What no longer answers has another reason than what never had it.
      expect([["fetch-failed"], ["bad-source"]]).toContainEqual(codesOf(answer));
    },
  },
  {
    title: "answers for a locked state when the source has moved, or is gone",
    async check(trial, [first, second]) {
      const locked = await trial.publish("main", [{ name: "tool", version: first }]);
      const request = trial.request([locked], ["tool"]);
      const before = await trial.resolve(request);
      trial.world.publish("main", [{ name: "tool", version: second }]);
      expect(await trial.resolve(request)).toEqual(before);
      trial.world.remove("main");
      expect(await trial.resolve(request)).toEqual([`tool ${first} main`]);
    },
  },
  {
    title: "lists names in their order, each once, and tells of packages what is newest",
    async check(trial, [first, second]) {
      const sources = [
        await trial.publish("main", [
          { name: "tool", version: first },
          { name: "axe", version: first },
        ]),
        await trial.publish("more", [
          { name: "tool", version: second },
          { name: "saw", version: first },
        ]),
      ];
      expect(valueOf(await trial.world.manager.listNames(sources, "amd64"))).toEqual(["axe", "saw", "tool"]);
      const facts = valueOf(await trial.world.manager.describe(trial.request(sources, ["tool"]))).get("tool");
      expect(facts?.pin).toMatchObject({ name: "tool", version: second, source: "more" });
      expect(facts?.summary).not.toBe("");
    },
  },
  {
    title: "orders versions",
    async check({ world: { manager } }, versions) {
      await Promise.resolve();
      expect([...versions].toReversed().toSorted((one, other) => manager.compareVersions(one, other))).toEqual(
        versions,
      );
      for (const version of versions) expect(manager.compareVersions(version, version)).toBe(0);
    },
  },
  {
    title: "looks for a file at mirrors before the address, below each at its path",
    async check(trial, [first]) {
      const locked = await trial.publish("main", [{ name: "tool", version: first }]);
      const [pin] = valueOf(await trial.ask(trial.request([locked], ["tool"])));
      const source = { ...locked.source, mirrors: ["http://mirror.example/packages"] };
      const addresses = pin === undefined ? [] : trial.world.manager.addressesOf(pin, source, locked.state);
      expect(addresses[0]).toMatch(/^http:\/\/mirror\.example\/packages\//);
      expect(addresses[1]?.startsWith(`${source.address}/`)).toBe(true);
      for (const address of addresses) expect(decodeURIComponent(address).endsWith(pin?.path ?? "?")).toBe(true);
    },
  },
];
