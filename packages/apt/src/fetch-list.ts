import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { FetchFailure } from "@firn/download";
import type { ListPin } from "@firn/package-manager";
import { type ArchiveClient, type Refusal, refusalOf } from "./archive-client.ts";
import type { AptContext } from "./apt-context.ts";
import { isPinned } from "./list-cache.ts";
import type { SourceList } from "./list-paths.ts";
import type { Release } from "./parse-release.ts";
import { programPath, runProgram } from "./run-program.ts";
import { withScratchFolder } from "./scratch-folder.ts";

/** A list to fetch. */
export interface WantedList {
  /** Addresses of the source, without a slash at the end, best first. */
  readonly addresses: readonly string[];
  readonly list: SourceList;
  readonly pin: ListPin;
  /** What vouches for it. */
  readonly release: Release;
}

/** One of the forms that a list has in an archive. */
interface ListForm {
  readonly path: string;
  /** Of the file as it is sent. */
  readonly pin: ListPin;
  /** What the name of the file ends with. */
  readonly ending: "" | ".gz" | ".xz";
}

/** Fetches a list from the first address that has it as it is pinned. @returns its bytes, not compressed, or why there are none */
export async function fetchList(
  wanted: WantedList,
  client: ArchiveClient,
  context: AptContext,
): Promise<Buffer | Refusal[]> {
  const refusals: Refusal[] = [];
  for (const address of wanted.addresses)
    for (const form of listForms(wanted)) {
      const full = `${address}/${form.path}`;
      try {
        return await unpackList(await client.read(full, form.pin.size), form, { pin: wanted.pin, context });
      } catch (thrown) {
        refusals.push(refusalOf(full, thrown));
      }
    }
  return refusals;
}

/** Lists the forms in the order in which they are tried: archives sign forms that they do not have. */
function listForms({ list, pin, release }: WantedList): ListForm[] {
  const plain = (["", ".gz", ".xz"] as const).flatMap((ending): ListForm[] => {
    const form = ending === "" ? pin : release.files.get(`${list.file}${ending}`);
    return form === undefined ? [] : [{ path: `${list.path}${ending}`, pin: form, ending }];
  });
  const packed = plain.filter(({ ending }) => ending !== "");
  const ordered = [...packed, ...plain.filter(({ ending }) => ending === "")];
  if (release.fields.get("Acquire-By-Hash") !== "yes") return ordered;
  // What is asked for by its hash stays for a while after the archive has moved on, and cannot change on its way.
  const byHash = packed.map((form) => ({
    ...form,
    path: form.path.replace(/[^/]*$/, `by-hash/SHA256/${form.pin.sha256}`),
  }));
  return [...byHash, ...ordered];
}

interface UnpackContext {
  readonly pin: ListPin;
  readonly context: AptContext;
}

const unpack = promisify(gunzip);

async function unpackList(bytes: Buffer, form: ListForm, { context, pin }: UnpackContext): Promise<Buffer> {
  const { ending } = form;
  if (!isPinned(bytes, form.pin)) throw new FetchFailure("its hash or size is not the one that was signed");
  if (ending === "") return bytes;
  // A little that unpacks to very much must not fill the memory.
  const most = Math.max(pin.size, 1);
  const plain =
    ending === ".gz"
      ? await unpack(bytes, { maxOutputLength: most }).catch(() => undefined)
      : await unpackOther(bytes, ending, { most, context });
  if (plain === undefined || !isPinned(plain, pin)) throw new FetchFailure("it does not unpack to what was signed");
  return plain;
}

/** Node.js knows no other form than gzip, but apt does. */
function unpackOther(
  bytes: Buffer,
  ending: string,
  { context, most }: { readonly context: AptContext; readonly most: number },
): Promise<Buffer | undefined> {
  return withScratchFolder(context.cache, async (folder) => {
    const file = join(folder, `list${ending}`);
    writeFileSync(file, bytes);
    const environment = { PATH: programPath(context.environment), LC_ALL: "C", HOME: folder };
    const run = { args: ["cat-file", file], environment, mostOutput: most + 4096 };
    const said = await runProgram("/usr/lib/apt/apt-helper", run).catch(() => undefined);
    return said?.status === 0 ? said.stdout : undefined;
  });
}
