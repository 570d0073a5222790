import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generationFiles, type Manifest, renderManifest } from "@firn/manifest";
import { isEmptyPlan } from "@firn/plan";
import { hashContent } from "@firn/store";
import { type Machine, openMachine } from "../src/machine/open-machine.ts";
import { planMachine, type Target } from "../src/machine/plan-machine.ts";
import { switchMachine } from "../src/machine/switch-machine.ts";
import type { Terminal } from "../src/terminal.ts";

/** A manifest that has nothing. */
export const nothing: Manifest = {
  version: 1,
  host: "web",
  files: {},
  directories: {},
  users: {},
  groups: {},
  homes: {},
  hooks: {},
  checks: { before: {}, after: {} },
  takeOver: [],
};

/** What a switch said and how it ended. */
export interface Switched {
  readonly status: number;
  readonly text: string;
}

/** A folder that stands for a machine, switched by what the command calls, without evaluating anything. */
export class FolderSwitch {
  readonly root: string;
  readonly #contents = new Map<string, string>();

  constructor() {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "firn-folder-")));
    mkdirSync(join(this.root, "etc"));
    writeFileSync(join(this.root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    writeFileSync(join(this.root, "etc/group"), "root:x:0:\n");
  }

  /** Remembers a content and gives its hash. */
  content(text: string): string {
    const hash = hashContent(text);
    this.#contents.set(hash, text);
    return hash;
  }

  /** Switches to a manifest, or to what the machine was without Firn. */
  async switch(manifest: Manifest | undefined, takeOver = false): Promise<Switched> {
    const { machine, terminal, text } = this.#open();
    const target = manifest && this.#build(manifest, machine);
    const facts = { host: "web", time: "2026-01-01T00:00:00Z" };
    const request = { machine, target, facts, takeOver, isWhole: false, what: "a test" };
    return { status: await switchMachine(request, terminal), text: text() };
  }

  /** Tells whether a plan has nothing to do. */
  async isSettled(manifest: Manifest): Promise<boolean> {
    const { machine } = this.#open();
    return isEmptyPlan((await planMachine(machine, this.#build(manifest, machine), { takeOver: false })).plan);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #build(manifest: Manifest, { store }: Machine): Target {
    const text = renderManifest(manifest);
    const generation = `${hashContent(text).slice(0, 32)}-web`;
    const read = (hash: string): string => this.#contents.get(hash) ?? "";
    store.build({ name: generation, manifest: text, files: generationFiles(manifest), read });
    return { generation, manifest };
  }

  #open(): { machine: Machine; terminal: Terminal; text: () => string } {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const terminal = {
      directory: this.root,
      environment: {},
      hostName: "web",
      color: false,
      print: write,
      report: write,
    };
    return { machine: openMachine({ root: this.root, user: false }, terminal), terminal, text: () => lines.join("\n") };
  }
}
