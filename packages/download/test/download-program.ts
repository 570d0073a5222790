// A program that fetches one content in a process of its own: FOLDER of the store, HASH, SIZE, ADDRESS.
import { isDiagnosticError } from "@firn/diagnostic";
import { fetchContents } from "@firn/download";
import { openStore } from "@firn/store";

const [folder = "", sha256 = "", size = "", address = ""] = process.argv.slice(2);
const wanted = [{ sha256, size: Number(size), addresses: [address], name: "content" }];
try {
  await fetchContents({ wanted, store: openStore(folder) });
} catch (thrown) {
  if (!isDiagnosticError(thrown)) throw thrown;
  for (const { code, message, why = [], fix = "" } of thrown.diagnostics)
    process.stdout.write(`${code} ${message} ${why.join(" ")} ${fix}\n`);
}
