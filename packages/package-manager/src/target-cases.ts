import { expect } from "vitest";
import { type TargetCase, toolPath } from "./target-machine.ts";

const done = { status: 0, text: "" };

/** What every manager does on a machine. */
export const targetCases: readonly TargetCase[] = [
  {
    title: "installs exactly what is wanted, with its marks, leaves all others, and does nothing twice",
    async check(machine, before) {
      const { base, old } = machine;
      expect(await machine.check({ install: [old, base] })).toEqual(done);
      expect(await machine.list()).toEqual([]);
      for (const round of ["once", "twice"]) {
        expect([round, await machine.change({ install: [old, base] })]).toEqual([round, done]);
        expect(await machine.list()).toEqual(machine.listOf(old, base));
        expect(await machine.world.read(toolPath)).toBe("old\n");
      }
      const others = (await machine.installed()).filter((each) => !each.name.startsWith("firn-"));
      expect(others).toEqual(before);
    },
  },
  {
    title: "goes up, down, marks otherwise, and takes away",
    async check(machine) {
      const { base, next, old } = machine;
      await machine.change({ install: [old, base] });
      expect(await machine.change({ install: [next] })).toEqual(done);
      expect(await machine.list()).toEqual(machine.listOf(next, base));
      expect(await machine.world.read(toolPath)).toBe("next\n");
      expect(await machine.change({ install: [old] })).toEqual(done);
      expect(await machine.world.read(toolPath)).toBe("old\n");
      expect(await machine.change({ mark: [{ ...base, isAsked: true }] })).toEqual(done);
      expect(await machine.list()).toEqual(machine.listOf(old, { ...base, isAsked: true }));
      expect(await machine.change({ remove: [old, base] })).toEqual(done);
      expect(await machine.list()).toEqual([]);
      expect(await machine.world.read(toolPath)).toBeUndefined();
    },
  },
  {
    title: "refuses before it begins what would lack something, and says what",
    async check(machine) {
      const { status, text } = await machine.check({ install: [machine.old] });
      expect(status).not.toBe(0);
      expect(text).toContain("firn-base");
      expect(await machine.list()).toEqual([]);
    },
  },
  {
    title: "leaves paths of others alone, and has packages put theirs there once those give them up",
    async check(machine) {
      const { base, old } = machine;
      expect(await machine.change({ install: [old, base], owned: [toolPath] })).toEqual(done);
      expect(await machine.world.read(toolPath)).toBeUndefined();
      const givenUp = { paths: [toolPath], brought: ["firn-tool", "firn-base"] };
      expect(await machine.script(machine.world.target.renderGiveBack(givenUp, machine.world.places))).toEqual(done);
      expect(await machine.world.read(toolPath)).toBe("old\n");
      const takeBack = machine.world.target.renderTakeBack(machine.world.places);
      expect([await machine.script(takeBack), await machine.script(takeBack)]).toEqual([done, done]);
      expect(await machine.world.read(toolPath)).toBeUndefined();
    },
  },
  {
    title: "killed at any moment and run again, makes exactly what was wanted",
    async check(machine) {
      const { base, next, old } = machine;
      await machine.change({ install: [old, base] });
      let landed = 0;
      for (const after of [1, 10, 30, 70, 150, 400, 1000]) {
        const [to, from] = after % 20 === 10 ? [old, next] : [next, old];
        await machine.change({ install: [from] });
        const { status } = await machine.change({ install: [to] }, after);
        if (status !== 0) landed++;
        expect(await machine.change({ install: [to] })).toMatchObject({ status: 0 });
        expect(await machine.list()).toEqual(machine.listOf(to, base));
        expect(await machine.world.read(toolPath)).toBe(to === old ? "old\n" : "next\n");
      }
      // Late ones find nothing to kill on a quick machine.
      expect(landed).toBeGreaterThan(0);
    },
  },
  {
    title: "names files so that no two packages have one name",
    async check(machine) {
      await Promise.resolve();
      const { base, next, old } = machine;
      expect(new Set([base, next, old].map((each) => machine.world.target.fileNameOf(each))).size).toBe(3);
    },
  },
];
