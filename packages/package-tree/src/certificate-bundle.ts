import { readFileSync } from "node:fs";
import { addLink, type FileInTree, type TreePlan } from "./plan-tree.ts";

/** Where programs of a tree find the certificates that its packages trust, below the tree. */
export const certificateBundle = "usr/lib/firn/certificates.pem";

/** Joins the certificates that packages bring to the one file that programs read; nothing when there are none. */
export function joinCertificates(plan: TreePlan, locate: (file: FileInTree) => string): string | undefined {
  const files = [...plan.entries].filter(([path]) => /^usr\/share\/ca-certificates\/.*\.crt$/.test(path));
  const texts = files
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, entry]) => {
      return entry.kind === "file" ? [readFileSync(locate(entry), "utf8").trim()] : [];
    });
  return texts.length === 0 ? undefined : texts.map((text) => `${text}\n`).join("");
}

/**
 * Has the library of OpenSSL trust what the machine trusts, by the file where
 * it looks first: the folder of the machine has links to what is at another
 * place in a tree, or missing.
 */
export function linkCertificates(plan: TreePlan): void {
  const library = [...plan.entries].find(([path]) => /^usr\/lib\/[^/]+\/libssl\.so\.\d/.test(path));
  if (library === undefined) return;
  addLink(plan, "usr/lib/ssl/cert.pem", { from: library[1].from, leadsTo: "etc/ssl/certs/ca-certificates.crt" });
}
