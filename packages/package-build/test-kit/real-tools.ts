import { homedir } from "node:os";
import { join } from "node:path";
import { openApt } from "@firn/apt";
import { fetchContents } from "@firn/download";
import type { ClosureMember, PackageAnswer } from "@firn/package-manager";
import { buildTree } from "@firn/package-tree";
import { openStore } from "@firn/store";

/** Where lists and packages of Debian are kept from one run to the next. */
const cache = join(homedir(), ".cache/firn/test-packages");

const debian = {
  manager: "apt",
  address: "http://deb.debian.org/debian",
  mirrors: [],
  architectures: ["amd64"],
  // Primary keys of Debian 11 to 13, for the archive, and for the releases.
  keys: [
    "1F89983E0081FDE018F3CC9673A4F27B8DD47936",
    "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8",
    "4D64FEC119C2029067D6E791F8D2585B8783D481",
    "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0",
    "4CB50190207B4758A3F73A796ED0E7B82643E131",
    "A4285295FC7B1A81600062A9605C66F00D6C9793",
  ],
  parts: { suites: ["bookworm"], components: ["main"] },
};

/** Finds packages of Debian with all that a build needs besides, and makes their tree in a folder. */
export async function makeTools(
  names: readonly string[],
  folder: string,
): Promise<{ readonly tools: readonly ClosureMember[]; readonly tree: string }> {
  const apt = openApt({ cache: join(cache, "apt"), environment: process.env });
  const state = valueOf(await apt.readSource(debian));
  const sources = [{ name: "debian", source: debian, state, isOnRequest: false }];
  const asked = [...apt.base, ...names].map((name) => ({ name }));
  const tools = valueOf(await apt.resolve({ sources, architecture: "amd64", asked, excluded: [] }));
  const store = openStore(join(cache, "store"));
  const wanted = tools.map((pin) => ({ ...pin, addresses: apt.addressesOf(pin, debian, state) }));
  await fetchContents({ wanted, store });
  const packages = tools.map((pin) => ({ ...pin, file: store.findContent(pin.sha256) ?? "" }));
  return { tools, tree: await buildTree({ packages, folder }) };
}

function valueOf<Value>({ problems, value }: PackageAnswer<Value>): Value {
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}
