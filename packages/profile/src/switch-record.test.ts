import { emptyRecord, type SwitchRecord } from "@firn/plan";
import { parseRecord, renderRecord } from "@firn/profile";
import { expect, test } from "vitest";

const record: SwitchRecord = {
  ...emptyRecord,
  kept: { "/etc/motd": { id: "1", state: { kind: "file", mode: "0640", size: 3, uid: 0, gid: 0 } } },
  made: ["/etc/new"],
  ranBefore: { "": ["nginx.service"] },
  nextKept: 2,
};

test("parseRecord reads what renderRecord wrote", () => {
  expect(parseRecord(renderRecord(record))).toEqual(record);
  expect(parseRecord(renderRecord(emptyRecord))).toEqual(emptyRecord);
});

test.each(["", "{", "null", "[]", '{"version":2,"made":[]}', '{"version":1}', '{"version":1,"made":'])(
  "parseRecord knows that %j is no record of this version",
  (text) => {
    expect(parseRecord(text)).toBeUndefined();
  },
);
