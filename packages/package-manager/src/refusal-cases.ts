import { expect } from "vitest";
import { codesOf, type ManagerCase } from "./manager-trial.ts";

/** What every manager refuses, and how. */
export const refusalCases: readonly ManagerCase[] = [
  {
    title: "names a package that there is not, and those that are called nearly so",
    async check(trial, [first]) {
      const locked = await trial.publish("main", [{ name: "hammer", version: first }]);
      const answer = await trial.ask(trial.request([locked], ["hamer"]));
      expect([answer.value, codesOf(answer)]).toEqual([undefined, ["unknown-package"]]);
      expect(answer.problems[0]?.names).toEqual(["hamer"]);
      expect(answer.problems[0]?.diagnostic.fix).toContain('"hammer"');
    },
  },
  {
    title: "names packages that cannot be there together",
    async check(trial, [first]) {
      const locked = await trial.publish("main", [
        { name: "axe", version: first, conflicts: ["saw"] },
        { name: "saw", version: first },
      ]);
      const answer = await trial.ask(trial.request([locked], ["axe", "saw"]));
      expect([answer.value, codesOf(answer)]).toEqual([undefined, ["no-solution"]]);
      expect(answer.problems[0]?.diagnostic.message).toMatch(/axe.*saw/);
    },
  },
  {
    title: "refuses what needs a package that must not be there, or that there is not",
    async check(trial, [first]) {
      const locked = await trial.publish("main", [
        { name: "tool", version: first, needs: [["lib"]] },
        { name: "lib", version: first },
        { name: "axe", version: first, needs: [["handle"]] },
      ]);
      const excluding = await trial.ask({ ...trial.request([locked], ["tool"]), excluded: ["lib"] });
      expect([excluding.value, codesOf(excluding)]).toEqual([undefined, ["no-solution"]]);
      const lacking = await trial.ask(trial.request([locked], ["axe"]));
      expect([lacking.value, codesOf(lacking)]).toEqual([undefined, ["no-solution"]]);
      expect(lacking.problems[0]?.diagnostic.why?.join()).toContain("handle");
    },
  },
];
