import type { Journey } from "./journey.ts";
import { flake, hello, host } from "./switch-flake.ts";

/** What is there to keep a machine in order. */
export const keepingStories: readonly Journey[] = [
  {
    name: "drift",
    steps: [
      flake,
      host('motd: { text: "hello\\n", mode: "0644" },', 'issue: { text: "one\\n" },'),
      "firn switch web --root machine",
      "firn status --root machine",
      { write: { "machine/etc/motd": "by hand\n", "machine/etc/issue": null } },
      "firn status --root machine --json",
      "firn status --root machine --adopt /etc/motd",
      "cat hosts/web/files/etc/motd",
      "firn status --root machine --adopt /etc/issue",
      "firn status --root machine --revert /etc/issue",
      "firn status --root machine",
      "firn status --root machine --revert /etc/mtd",
      host('motd: { source: "./hosts/web/files/etc/motd", mode: "0644" },', 'issue: { text: "one\\n" },'),
      "firn switch web --root machine",
      "firn status --root machine",
    ],
  },
  {
    name: "collection",
    steps: [
      flake,
      hello,
      "firn switch web --root machine",
      host('motd: { text: "two\\n" },'),
      "firn switch web --root machine",
      host('motd: { text: "three\\n" },'),
      "firn switch web --root machine",
      "firn gc --root machine",
      "firn gc --root machine --keep 2",
      "firn rollback --root machine",
      "firn rollback 1 --root machine",
      "firn gc --root machine --keep two",
      "firn switch --to-none --root machine",
      "firn gc --root machine --keep 0",
      "find machine/var",
    ],
  },
  {
    name: "damaged-store",
    steps: [
      flake,
      hello,
      "firn switch web --root machine",
      "firn store verify --root machine",
      "truncate --size 3 machine/var/lib/firn/store/objects/58/5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
      "cat machine/etc/motd",
      "firn store verify --root machine",
      "firn store verify --root machine --repair",
      "firn store verify --root machine",
      "cat machine/etc/motd",
    ],
  },
];
