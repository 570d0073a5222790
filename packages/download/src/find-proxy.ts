/** Variables of the environment; only those of proxies and certificates are read. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the proxy through which an address is asked, as `http_proxy`,
 * `https_proxy`, `all_proxy` and `no_proxy` say it; none for this machine itself.
 *
 * HTTP_PROXY counts in lower case only: to a program started by a web server, who asks could give the other.
 */
export function findProxy(url: URL, environment: Environment): URL | undefined {
  const either = (name: string): string | undefined => environment[name] || environment[name.toUpperCase()];
  const own = url.protocol === "https:" ? either("https_proxy") : environment["http_proxy"];
  const proxy = own || either("all_proxy");
  if (!proxy || isLoopback(url.hostname) || isExempt(url, either("no_proxy") ?? "")) return undefined;
  const text = proxy.includes("://") ? proxy : `http://${proxy}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Tells whether a name or number of a host means this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(?:.+\.)?localhost$|^127(?:\.\d+){3}$|^\[::1\]$/.test(hostname);
}

/** Entries are hosts, with or without a port; each is also those below it. */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const ownPort = port || (protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      const { host = "", only } = /^(?:\*?\.)?(?<host>\[.*\]|[^:]*)(?::(?<only>\d+))?$/.exec(entry)?.groups ?? {};
      if (entry === "*") return true;
      if (host === "" || (only !== undefined && only !== ownPort)) return false;
      return hostname === host || hostname.endsWith(`.${host}`);
    });
}
