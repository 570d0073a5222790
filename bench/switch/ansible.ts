import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "../evaluate/measure.ts";

/** Writes a playbook that copies so many files of a tree, and gives its first run and the one with nothing to do. */
export function ansibleRuns(folder: string, { files, tree }: { files: number; tree: string }): readonly Program[] {
  const target = join(folder, "ansible-target");
  const playbook = join(folder, "play.json");
  const items = Array.from({ length: files }, (_, index) => `d${Math.floor(index / 50)}/file${index}`);
  const folders = [...new Set(items.map((item) => item.slice(0, item.indexOf("/"))))];
  const tasks = [
    { "ansible.builtin.file": { path: `${target}/{{ item }}`, state: "directory" }, loop: folders },
    { "ansible.builtin.copy": { src: `${tree}/{{ item }}`, dest: `${target}/{{ item }}`, mode: "0644" }, loop: items },
  ];
  // JSON is YAML.
  writeFileSync(playbook, JSON.stringify([{ hosts: "localhost", gather_facts: false, tasks }]));
  mkdirSync(target, { recursive: true });
  const run = {
    command: ["ansible-playbook", "-i", "localhost,", "-c", "local", playbook],
    cwd: folder,
    environment: { ANSIBLE_HOME: join(folder, "ansible"), ANSIBLE_LOCALHOST_WARNING: "False", LC_ALL: "C.UTF-8" },
    output: "/dev/null",
  };
  const forget = (): void => rmSync(target, { recursive: true, force: true });
  return [
    { ...run, name: "ansible, first", prepare: forget },
    { ...run, name: "ansible, nothing to do" },
  ];
}
