import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { WantedContent } from "@firn/download";
import { cutAt, silentAfter, status, together } from "../test/breaking-server.ts";
import { hashOf, TemporaryDownload, want } from "../test/temporary-download.ts";

let temporary: TemporaryDownload;
beforeEach(async () => void (temporary = await new TemporaryDownload().start()));
afterEach(() => temporary.remove());

describe("fetchContents", () => {
  test("has all that is wanted in the store afterwards, and asks for nothing that is there", async () => {
    const { server } = temporary;
    const wanted = ["one", "two", "three"].map((text) => want(text, server.offer(`/${text}`, text)));
    expect(await temporary.fetch(wanted.slice(0, 2))).toEqual({ fetched: 2, skipped: 0, bytes: 6 });
    expect(await temporary.fetch(wanted)).toEqual({ fetched: 1, skipped: 2, bytes: 5 });
    expect(["one", "two", "three"].map((text) => temporary.read(text))).toEqual(["one", "two", "three"]);
    expect(server.asked.toSorted()).toEqual(["/one", "/three", "/two"]);
    expect(temporary.unfinished).toEqual([]);
  });

  test("fetches what is wanted twice once, wherever it is", async () => {
    const { mirror, server } = temporary;
    const wanted = [want("one", server.at("/gone")), want("one", mirror.offer("/one", "one"))];
    expect(await temporary.fetch(wanted)).toEqual({ fetched: 1, skipped: 0, bytes: 3 });
    expect([server.asked, mirror.asked]).toEqual([["/gone"], ["/one"]]);
  });

  test("fetches again what is cut short in the store", async () => {
    const wanted = [want("whole", temporary.server.offer("/x", "whole"))];
    const file = temporary.store.receive();
    writeFileSync(file, "who");
    await temporary.store.keep(file, hashOf("whole"));
    expect(await temporary.fetch(wanted)).toMatchObject({ fetched: 1 });
    expect(temporary.read("whole")).toBe("whole");
  });

  test("takes what nobody knows the size of by its hash alone, whole", async () => {
    const { server } = temporary;
    const unknown = (text: string, address: string): WantedContent => ({ ...want(text, address), size: undefined });
    const wanted = [
      unknown("0123456789", server.offer("/x", "0123456789", cutAt(4))),
      unknown("", server.offer("/e", "")),
    ];
    expect(await temporary.fetch(wanted)).toEqual({ fetched: 2, skipped: 0, bytes: 0 });
    expect([temporary.read("0123456789"), temporary.read("")]).toEqual(["0123456789", ""]);
    expect(await temporary.fetch(wanted)).toMatchObject({ fetched: 0, skipped: 2 });
    const failed = temporary.fetch([unknown("wanted", server.offer("/y", "another"))]);
    await expect(failed).rejects.toMatchObject({ diagnostics: [{ cause: { found: hashOf("another") } }] });
  });

  test("has an empty content, too", async () => {
    await temporary.fetch([want("", temporary.server.offer("/empty", ""))]);
    expect(temporary.read("")).toBe("");
  });

  test("asks no more at once than it may, over as few connections", async () => {
    const { server } = temporary;
    const texts = Array.from({ length: 200 }, (_, index) => `text ${index}`);
    const meeting = together(3);
    const warnings: Error[] = [];
    const warn = (warning: Error): void => void warnings.push(warning);
    process.on("warning", warn);
    const wanted = texts.map((text) => want(text, server.offer(`/${text.replace(" ", "-")}`, text, meeting)));
    expect(await temporary.fetch(wanted, { connections: 3 })).toMatchObject({ fetched: 200 });
    process.off("warning", warn);
    expect([server.most, server.connections <= 3, warnings]).toEqual([3, true, []]);
  });

  test("tells how much has arrived, and takes back what has to be fetched again", async () => {
    const { server } = temporary;
    const seen: (readonly number[])[] = [];
    const wanted = [want("0123456789", server.offer("/x", "0123456789", cutAt(4)))];
    await temporary.fetch(wanted, { progress: (done, total) => void seen.push([done, total]) });
    expect(seen).toEqual([
      [4, 10],
      [0, 10],
      [10, 10],
    ]);
  });

  test("gets the others when one cannot be fetched", async () => {
    const { server } = temporary;
    const said = await temporary.fail([want("bad", server.at("/bad")), want("good", server.offer("/good", "good"))]);
    expect(said[0]).toBe('Cannot fetch "bad"');
    expect(temporary.read("good")).toBe("good");
    expect(temporary.unfinished).toEqual([]);
  });

  test("tells all that failed at the end; together, where it is for the same reasons", async () => {
    const { server } = temporary;
    const gone = ["a", "b", "c", "d", "e", "f", "g"].map((name) => want(name, server.at(`/${name}`)));
    const forbidden = want("h", server.offer("/h?token=secret", "h", status(403)).replace("//", "//user:password@"));
    expect(await temporary.fail([...gone, forbidden, want("i")])).toEqual([
      'Cannot fetch "a", "b", "c", "d", "e" and 2 more',
      "http://host/a: it is not there (status 404)",
      "Name another address that has it, or lock what there is now: firn update",
      'Cannot fetch "h"',
      "http://host/h: the server does not let us have it (status 403)",
      "Name another address that has it, or lock what there is now: firn update",
      'Cannot fetch "i"',
      "No address is known for it",
      "Name another address that has it, or lock what there is now: firn update",
    ]);
  });
});

describe("a signal", () => {
  test("stops all at once, with its own reason, and leaves nothing", async () => {
    const { server } = temporary;
    const stop = new AbortController();
    const wanted = ["one", "two"].map((text) => want(text, server.offer(`/${text}`, text, silentAfter(2))));
    let arrived = 0;
    const progress = (done: number): void => {
      arrived = done;
      if (done === 4) stop.abort(new Error("stopped by the user"));
    };
    await expect(temporary.fetch(wanted, { signal: stop.signal, progress })).rejects.toThrow("stopped by the user");
    expect([arrived, temporary.unfinished]).toEqual([4, []]);
  });

  test("stops a wait before another try", async () => {
    const stop = new AbortController();
    const answer = status(500);
    const address = temporary.server.offer("/x", "x", (response, content, request) => {
      response.once("close", () => stop.abort(new Error("stopped by the user")));
      answer(response, content, request);
    });
    const patience = { idle: 20_000, waits: [600_000] };
    await expect(temporary.fetch([want("x", address)], { signal: stop.signal, patience })).rejects.toThrow(
      "by the user",
    );
  });

  test("that has stopped already lets nothing start", async () => {
    const signal = AbortSignal.abort(new Error("stopped before"));
    await expect(temporary.fetch([want("x", temporary.server.at("/x"))], { signal })).rejects.toThrow("stopped before");
    expect(temporary.server.asked).toEqual([]);
  });
});

describe("a file of this machine", () => {
  const address = (name: string): string => pathToFileURL(join(temporary.folder, name)).href;

  test("is copied and checked like others", async () => {
    writeFileSync(join(temporary.folder, "a file"), "content");
    await temporary.fetch([want("content", address("a file"))]);
    expect(temporary.read("content")).toBe("content");
  });

  test("that is missing, another, too short or no file is told", async () => {
    writeFileSync(join(temporary.folder, "other"), "another");
    writeFileSync(join(temporary.folder, "short"), "cont");
    mkdirSync(join(temporary.folder, "folder"));
    const names = ["missing", "other", "short", "folder"];
    const said = await temporary.fail([
      want("content", ...names.map(address), "file://elsewhere/x", "ftp://host/x", "x"),
    ]);
    expect(said.map((line) => line.replace(`file://${temporary.folder}/`, ""))).toEqual([
      'Cannot fetch "content"',
      "missing: it is not there",
      "other: its content is another: its sha256 is ae448ac86c4e…",
      "short: it has 4 bytes, and 7 are expected",
      "folder: it is not a file",
      expect.stringMatching(/^file:\/\/elsewhere\/x: /),
      "ftp://host/x: the address is none of http, https and file",
      "x: it is not an address",
      "Name another address: what this one has is not what is locked",
    ]);
  });
});

test("fetchContents says that the store cannot be written, once, and stops", async () => {
  const wanted = ["one", "two"].map((text) => want(text, temporary.server.offer(`/${text}`, text)));
  mkdirSync(temporary.store.folder);
  writeFileSync(join(temporary.store.folder, "objects"), "a file where a folder is to be");
  expect(await temporary.fail(wanted)).toEqual([
    `Cannot write the store "${temporary.store.folder}"`,
    expect.stringMatching(/^ENOTDIR/),
    "Move away what is there instead of a folder",
  ]);
  expect(temporary.unfinished).toEqual([]);
});
