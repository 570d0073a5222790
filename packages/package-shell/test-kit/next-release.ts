import { homedir } from "node:os";
import { join } from "node:path";
import { openApt } from "@firn/apt";
import { fetchContents } from "@firn/download";
import type { PackageAnswer } from "@firn/package-manager";
import { buildTree } from "@firn/package-tree";
import { openStore } from "@firn/store";

/** Where lists and packages of Debian are kept from one run to the next. */
const cache = join(homedir(), ".cache/firn/test-packages");

/** Primary keys of Debian 11 to 13, for the archive, for security, and for the release. */
const keys = [
  "1F89983E0081FDE018F3CC9673A4F27B8DD47936",
  "AC530D520F2F3269F5E98313A48449044AAD5C5D",
  "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8",
  "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0",
  "4D64FEC119C2029067D6E791F8D2585B8783D481",
  "4CB50190207B4758A3F73A796ED0E7B82643E131",
];

/** The release after the one that tests run on. */
const nextRelease = {
  manager: "apt",
  address: "http://deb.debian.org/debian",
  mirrors: [],
  architectures: ["amd64"],
  keys,
  parts: { suites: ["trixie"], components: ["main"] },
};

/** Builds a tree of packages of the next release, with all that they need, in a folder. */
export async function buildNextRelease(names: readonly string[], folder: string): Promise<string> {
  const apt = openApt({ cache: join(cache, "apt"), environment: process.env });
  const state = valueOf(await apt.readSource(nextRelease));
  const sources = [{ name: "next", source: nextRelease, state, isOnRequest: false }];
  const asked = [...apt.base, ...names].map((name) => ({ name }));
  const closure = valueOf(await apt.resolve({ sources, architecture: "amd64", asked, excluded: [] }));
  const store = openStore(join(cache, "store"));
  const wanted = closure.map((pin) => ({ ...pin, addresses: apt.addressesOf(pin, nextRelease, state) }));
  await fetchContents({ wanted, store });
  const packages = closure.map((pin) => ({ ...pin, file: store.findContent(pin.sha256) ?? "" }));
  return buildTree({ packages, folder });
}

function valueOf<Value>({ problems, value }: PackageAnswer<Value>): Value {
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}
