import { parsePackageRequest } from "@firn/package-manager";
import { expect, test } from "vitest";

test.each<[text: string, request: ReturnType<typeof parsePackageRequest>]>([
  ["jq", { name: "jq" }],
  ["g++-12", { name: "g++-12" }],
  ["jq/backports", { name: "jq", source: "backports" }],
  ["git=1:2.39.5-0+deb12u2", { name: "git", version: "1:2.39.5-0+deb12u2" }],
  ["jq/next=1.7.1-3~bpo12+1", { name: "jq", source: "next", version: "1.7.1-3~bpo12+1" }],
  ["", undefined],
  ["j", undefined],
  ["Git", undefined],
  ["jq/", undefined],
  ["jq=", undefined],
  ["jq=1 2", undefined],
  ["jq/a/b", undefined],
  ["../jq", undefined],
])("parsePackageRequest reads %j as apt does", (text, request) => {
  expect(parsePackageRequest(text)).toEqual(request);
});
