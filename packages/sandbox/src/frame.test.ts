import { describe, expect, test } from "vitest";
import { FrameReader, frameKinds, renderFrame } from "./frame.ts";

const stream = Buffer.concat([
  renderFrame(frameKinds.ready, ""),
  renderFrame(frameKinds.answer, "äöü"),
  renderFrame(frameKinds.compiled, Buffer.from([0, 255])),
]);

describe("FrameReader", () => {
  test.each([1, 2, 3, 5, 7, 100])("puts messages together from pieces of %i bytes", (size) => {
    const reader = new FrameReader();
    const frames = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
      reader.read(stream.subarray(index * size, (index + 1) * size), 100),
    ).flat();
    expect(frames.map(({ kind, bytes }) => [kind, bytes.toString("latin1")])).toEqual([
      [frameKinds.ready, ""],
      [frameKinds.answer, Buffer.from("äöü").toString("latin1")],
      [frameKinds.compiled, "\u0000\u00ff"],
    ]);
  });

  test("refuses what waits to become longer than the limit, by its length and by what came", () => {
    const long = renderFrame(frameKinds.answer, "x".repeat(200));
    expect(() => new FrameReader().read(long.subarray(0, 10), 100)).toThrow(RangeError);
    expect(() => new FrameReader().read(long, 100)).toThrow(RangeError);
  });
});
