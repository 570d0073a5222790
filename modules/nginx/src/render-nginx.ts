/** What is answered below a path. */
interface Location {
  readonly root: string | null;
  readonly proxyPass: string | null;
  readonly tryFiles: readonly string[];
  readonly extraConfig: string;
}

/** A site. */
export interface Site {
  readonly root: string | null;
  readonly port: number;
  readonly aliases: readonly string[];
  readonly isDefault: boolean;
  readonly index: readonly string[];
  readonly locations: { readonly [path: string]: Location };
  readonly extraConfig: string;
}

/** What the configuration is made of. */
export interface Server {
  readonly workerConnections: number;
  readonly ipv6: boolean;
  readonly extraConfig: string;
  readonly virtualHosts: { readonly [name: string]: Site };
}

/** Renders nginx.conf. The first lines are those that Debian's packages of nginx count on. */
export function renderNginx({ extraConfig, ipv6, virtualHosts, workerConnections }: Server): string {
  const sites = Object.entries(virtualHosts).map(([name, site]) => renderSite(name, site, ipv6));
  const http = [
    "include /etc/nginx/mime.types;",
    "default_type application/octet-stream;",
    "access_log /var/log/nginx/access.log;",
    "sendfile on;",
    "tcp_nopush on;",
    "types_hash_max_size 2048;",
    "server_tokens off;",
    "gzip on;",
    ...splitLines(extraConfig),
    ...sites.flat(),
  ];
  const lines = [
    "user www-data;",
    "worker_processes auto;",
    "pid /run/nginx.pid;",
    "error_log /var/log/nginx/error.log;",
    "include /etc/nginx/modules-enabled/*.conf;",
    ...block("events", [`worker_connections ${workerConnections};`]),
    ...block("http", http),
  ];
  return `${lines.join("\n")}\n`;
}

function renderSite(name: string, site: Site, ipv6: boolean): string[] {
  const { aliases, extraConfig, index, isDefault, locations, port, root } = site;
  const addresses = [`${port}`, ...(ipv6 ? [`[::]:${port}`] : [])];
  return block("server", [
    ...addresses.map((address) => `listen ${address}${isDefault ? " default_server" : ""};`),
    `server_name ${[name, ...aliases].join(" ")};`,
    ...renderRoot(root),
    ...(index.length > 0 ? [`index ${index.join(" ")};`] : []),
    ...Object.entries(locations).flatMap(([path, location]) => block(`location ${path}`, renderLocation(location))),
    ...splitLines(extraConfig),
  ]);
}

function renderLocation({ extraConfig, proxyPass, root, tryFiles }: Location): string[] {
  return [
    ...renderRoot(root),
    ...(tryFiles.length > 0 ? [`try_files ${tryFiles.join(" ")};`] : []),
    ...(proxyPass === null ? [] : [`proxy_pass ${proxyPass};`, "include /etc/nginx/proxy_params;"]),
    ...splitLines(extraConfig),
  ];
}

/** In quotes where it has to be: spaces and what ends a directive. */
function renderRoot(root: string | null): string[] {
  if (root === null) return [];
  return [/[\s;{}']/.test(root) ? `root "${root}";` : `root ${root};`];
}

function block(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...lines.map((line) => `  ${line}`), "}"];
}

function splitLines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
