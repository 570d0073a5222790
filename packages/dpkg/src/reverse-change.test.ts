import type { InstalledPackage, PackageChange } from "@firn/package-manager";
import { reverseChange } from "@firn/dpkg";
import { describe, expect, test } from "vitest";

const before: InstalledPackage[] = [
  { name: "dpkg", version: "1.21", architecture: "amd64", isAsked: true, state: "installed" },
  { name: "everywhere", version: "1", architecture: "all", isAsked: false, state: "installed" },
  { name: "goes", version: "3", architecture: "amd64", isAsked: true, state: "installed" },
  { name: "marked", version: "4", architecture: "all", isAsked: false, state: "installed" },
];
const pin = { sha256: "0".repeat(64), isAsked: true };
const change: PackageChange = {
  install: [
    { ...pin, name: "comes", version: "1", architecture: "amd64" },
    { ...pin, name: "everywhere", version: "2", architecture: "amd64" },
  ],
  remove: [{ name: "goes", version: "3", architecture: "amd64" }],
  mark: [{ name: "marked", architecture: "all", isAsked: true }],
  owned: ["/etc/a"],
};

describe("reverseChange", () => {
  test("removes what came, and brings back versions and marks of before", () => {
    expect(reverseChange(change, before)).toEqual({
      install: [
        { name: "everywhere", version: "1", architecture: "all", isAsked: false, sha256: "" },
        { name: "goes", version: "3", architecture: "amd64", isAsked: true, sha256: "" },
      ],
      remove: [{ name: "comes", version: "1", architecture: "amd64" }],
      mark: [{ name: "marked", architecture: "all", isAsked: false }],
      owned: ["/etc/a"],
    });
  });

  test("does nothing about packages that were not there and are not there", () => {
    const remove = [{ name: "never", version: "1", architecture: "amd64" }];
    expect(reverseChange({ install: [], remove, mark: [], owned: [] }, before)).toEqual({
      install: [],
      remove: [],
      mark: [],
      owned: [],
    });
  });
});
