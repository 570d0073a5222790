/** Below usr of a tree, where the configuration is that its packages bring: /etc of a machine stays its own. */
export const configurationFolder = "usr/lib/firn/etc";

/** Folders that are links to those of usr, on each machine that a tree can be used on. */
const merged = /^(?:bin|sbin|lib|lib32|lib64|libo32|libx32)(?=\/|$)/;

/** Finds where something of a package is in a tree. @param path in the package, without a slash at the start @returns nothing for what a tree leaves out */
export function treePath(path: string): string | undefined {
  const place = path.replace(merged, "usr/$&").replace(/^etc(?=\/|$)/, configurationFolder);
  return place === "usr" || place.startsWith("usr/") ? place : undefined;
}

/** Finds which path of a machine a link of a package leads to. @param path of the link in the package @returns without a slash at the start */
export function linkedPath(path: string, target: string): string {
  const parts = target.startsWith("/") ? [] : path.split("/").slice(0, -1);
  for (const part of target.split("/"))
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  return parts.join("/");
}

/** Renders the way from a link to another path of the same tree. */
export function relativePath(link: string, path: string): string {
  const from = link.split("/").slice(0, -1);
  const to = path.split("/");
  const different = from.findIndex((part, index) => part !== to[index]);
  const shared = different < 0 ? from.length : different;
  const names = [...from.slice(shared).map(() => ".."), ...to.slice(shared)];
  return names.length === 0 ? "." : names.join("/");
}
