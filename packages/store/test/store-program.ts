// A program that works on a store in a process of its own: FOLDER "collect", or FOLDER "keep" TEXT HASH.
import { writeFileSync } from "node:fs";
import { openStore } from "@firn/store";

const [folder = "", task = "", text = "", hash = ""] = process.argv.slice(2);
const store = openStore(folder);
if (task === "collect") store.collect(new Set());
else await keepOften();

async function keepOften(): Promise<void> {
  for (let count = 0; count < 50; count++) {
    const file = store.receive();
    writeFileSync(file, text);
    await store.keep(file, hash);
  }
}
