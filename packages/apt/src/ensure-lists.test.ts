import { readdirSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { ArchiveServer, TestArchive } from "@firn/apt/testing";
import type { LockedSource } from "@firn/package-manager";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problemsOf, show, TemporaryApt } from "../test/temporary-apt.ts";

let temporary: TemporaryApt;
let archive: TestArchive;
let server: ArchiveServer;
let debian: LockedSource;
beforeEach(async () => {
  temporary = new TemporaryApt();
  archive = temporary.archive("archive", { name: "a", version: "1" }).publish();
  server = await temporary.serve(archive);
  debian = await temporary.lock("debian", archive.describeSource({ address: server.address }));
});
afterEach(() => temporary.remove());

/** Resolves "a" with an empty cache, or one that is there. */
const resolve = (cache: string, source = debian): ReturnType<TemporaryApt["resolve"]> =>
  temporary.resolve({ sources: [source], asked: [{ name: "a" }] }, cache);

describe("resolve from a locked state", () => {
  test("needs no network where the lists are there", async () => {
    await server.stop();
    expect(show(await resolve("cache"))).toEqual(["a 1 debian"]);
  });

  test("fetches the lists that are not there, or cut", async () => {
    expect(show(await resolve("other"))).toEqual(["a 1 debian"]);
    const { sha256 = "" } = debian.state.lists["dists/stable/main/binary-amd64/Packages"] ?? {};
    truncateSync(join(temporary.folder, "other/lists", sha256), 5);
    server.requests.length = 0;
    expect(show(await resolve("other"))).toEqual(["a 1 debian"]);
    expect(server.requests).toHaveLength(1);
    expect(show(await resolve("cache", { ...debian, source: { ...debian.source, keys: ["0".repeat(40)] } }))).toEqual([
      "a 1 debian",
    ]);
  });

  test("answers the old after the source has moved on", async () => {
    archive.add({ name: "a", version: "2" }).publish({ date: "2026-11-02T00:00:00Z" });
    expect(show(await resolve("cache"))).toEqual(["a 1 debian"]);
    const moved = await temporary.lock("debian", debian.source);
    expect(show(await resolve("cache", moved))).toEqual(["a 2 debian"]);
    expect(show(await resolve("cache"))).toEqual(["a 1 debian"]);
  });

  test("says how to go on where nobody has the old any more", async () => {
    archive.add({ name: "a", version: "2" }).publish({ date: "2026-11-02T00:00:00Z" });
    expect(problemsOf(await resolve("other"))).toEqual([
      'bad-source: Cannot find "dists/stable/InRelease" of the source "debian" as it was at 2026-11-01T00:00:00Z',
      "The source has moved on, and no address has the state that is locked",
      "http://host/dists/stable/InRelease: it is another than the one that is locked",
      "firn update debian",
    ]);
  });

  test("finds the old in a snapshot", async () => {
    const kept = temporary.archive("kept/20261101T010000Z", { name: "a", version: "1" }).publish();
    archive.add({ name: "a", version: "2" }).publish({ date: "2026-11-02T00:00:00Z" });
    const mirrors = [`file://${join(kept.folder, "../@SNAPSHOTID@")}`];
    expect(show(await resolve("other", { ...debian, source: { ...debian.source, mirrors } }))).toEqual(["a 1 debian"]);
  });

  test("fails to fetch where no server answers", async () => {
    await server.stop();
    const [what, why] = problemsOf(await resolve("other"));
    expect(what).toMatch(/^fetch-failed: Cannot find "dists\/stable\/InRelease" of the source "debian"/);
    expect(why).toContain("the host does not accept the connection");
  });

  test("makes an index again that was cut", async () => {
    const first = await resolve("cache");
    const folder = join(temporary.folder, "cache/index");
    for (const name of readdirSync(folder)) truncateSync(join(folder, name), 18);
    expect(await resolve("cache")).toEqual(first);
  });

  test("makes indexes and worlds again that are gone", async () => {
    const first = await resolve("cache");
    for (const name of ["index", "worlds"])
      rmSync(join(temporary.folder, "cache", name), { recursive: true, force: true });
    expect(await resolve("cache")).toEqual(first);
  });
});
