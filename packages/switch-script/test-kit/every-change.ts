import type { FileStep } from "@firn/plan";
import type { FolderMachine } from "./folder-machine.ts";

/** Puts things of the user's and of an earlier generation on a machine, and makes steps of every kind. */
export function everyChange(machine: FolderMachine): FileStep[] {
  machine.write("/etc/mine", "mine", 0o640);
  machine.write("/etc/linked", "-> /somewhere");
  machine.write("/etc/folder/inside", "inside");
  machine.write("/etc/old-real", "old", 0o600);
  machine.write("/etc/old-link", "-> /var/lib/firn/current/generation/files/etc/old-link");
  machine.write("/etc/made/old", "-> /var/lib/firn/current/generation/files/etc/made/old");
  machine.write("/etc/way", "in the way");
  machine.write("/var/lib/firn/kept/7", "kept", 0o604);
  machine.write("/var/lib/firn/kept/8/deep", "deep");
  machine.write("/etc/given", "-> /var/lib/firn/current/generation/files/etc/given");
  machine.write("/etc/given-folder", "-> /var/lib/firn/current/generation/files/etc/given-folder");
  machine.write("/var/lib/firn/kept/9", "in the way of a directory", 0o640);
  machine.write("/etc/was-folder/inside", "-> /var/lib/firn/current/generation/files/etc/was-folder/inside");
  machine.write("/etc/was-empty", undefined, 0o750);
  const absent = { kind: "absent" } as const;
  const directory = { kind: "directory", mode: "0755", uid: 0, gid: 0 } as const;
  return [
    machine.step("/etc/a", machine.placed("/etc/a", "A")),
    machine.step("/etc/b c'd", machine.placed("/etc/b c'd", "B")),
    machine.step("/etc/folder", machine.placed("/etc/folder", "F"), { keep: "1" }),
    machine.step("/etc/given", { kind: "kept", id: "7", state: machine.stateOf("/var/lib/firn/kept/7") }),
    machine.step("/etc/given-folder", { kind: "kept", id: "8", state: machine.stateOf("/var/lib/firn/kept/8") }),
    machine.step("/etc/linked", { kind: "symlink", target: "/elsewhere" }, { keep: "2" }),
    machine.step("/etc/made", absent),
    machine.step("/etc/made/old", absent),
    machine.step("/etc/mine", machine.placed("/etc/mine", "ours"), { keep: "3" }),
    machine.step("/etc/new", directory),
    machine.step("/etc/new/deep", { ...directory, mode: "0750" }),
    machine.step("/etc/new/deep/file", machine.placed("/etc/new/deep/file", "real", "0600")),
    machine.step("/etc/old-link", absent),
    machine.step("/etc/old-real", machine.placed("/etc/old-real", "new", "0640")),
    machine.step("/etc/was-empty", machine.placed("/etc/was-empty", "E")),
    machine.step("/etc/was-folder", { kind: "kept", id: "9", state: machine.stateOf("/var/lib/firn/kept/9") }),
    machine.step("/etc/was-folder/inside", absent),
    machine.step("/etc/way", directory, { keep: "4" }),
    machine.step("/etc/way/through", machine.placed("/etc/way/through", "T")),
  ];
}
