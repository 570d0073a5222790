import nginx from "@modules/nginx";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

/** Definitions of which some are wrong. */
interface Sites {
  readonly [name: string]: object;
}

function evaluateSites(virtualHosts: Sites, settings: object = {}) {
  const host = defineModule({
    imports: [nginx],
    config: (_, define) => define({ services: { nginx: { enable: true, virtualHosts, ...settings } } }),
  });
  return evaluate({ modules: [host] });
}

describe("services.nginx", () => {
  test("writes the configuration in the place of the distribution's", () => {
    const { config, diagnostics } = evaluateSites(
      {
        "www.example.org": {
          root: "/srv/my site",
          aliases: ["example.org"],
          isDefault: true,
          locations: { "/api/": { proxyPass: "http://127.0.0.1:3000" }, "/": { tryFiles: ["$uri", "=404"] } },
          extraConfig: "charset utf-8;",
        },
      },
      { ipv6: false },
    );
    expect(diagnostics).toEqual([]);
    const file = config.environment.etc["nginx/nginx.conf"];
    expect(file?.takeOver).toBe(true);
    expect(file?.text?.split(/^(?= {2}server \{)/m)[1]).toBe(
      [
        "  server {",
        "    listen 80 default_server;",
        "    server_name www.example.org example.org;",
        '    root "/srv/my site";',
        "    index index.html;",
        "    location /api/ {",
        "      proxy_pass http://127.0.0.1:3000;",
        "      include /etc/nginx/proxy_params;",
        "    }",
        "    location / {",
        "      try_files $uri =404;",
        "    }",
        "    charset utf-8;",
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("listens on IPv6, too, and opens its ports", () => {
    const { config } = evaluateSites({ a: { root: "/srv/a", port: 8080 }, b: { root: "/srv/b" } });
    expect(config.environment.etc["nginx/nginx.conf"]?.text).toContain("listen 8080;\n    listen [::]:8080;\n");
    expect(config.networking.firewall.allowedTCPPorts).toEqual([80, 8080]);
  });

  test("is reloaded when the configuration alone changes", () => {
    const [one, other] = ["/srv/a", "/srv/b"].map((root) => {
      const { text } = evaluateSites({ a: { root } }).config.systemd.services["nginx"] ?? {};
      return text?.split("\n") ?? [];
    });
    const changed = one?.filter((line) => other?.includes(line) !== true);
    expect(changed).toEqual([expect.stringMatching(/^X-Reload-Triggers=/)]);
  });

  test("forks as its configuration says, since systemd waits for the file with its number", () => {
    const { config } = evaluateSites({ a: { root: "/srv/a" } });
    expect(config.systemd.services["nginx"]?.text).toContain("Type=forking\nPIDFile=/run/nginx.pid\n");
    expect(config.environment.etc["nginx/nginx.conf"]?.text).toContain("\npid /run/nginx.pid;\n");
  });

  test("warns of a server without sites", () => {
    expect(evaluateSites({}).diagnostics).toMatchObject([{ severity: "warning" }]);
  });

  test.each<[path: string, sites: Sites]>([
    ["http://example.org", { "http://example.org": { root: "/a" } }],
    ["example.org:8080", { "example.org:8080": { root: "/a" } }],
    ["a b", { "a b": { root: "/a" } }],
    ["a.root", { a: { root: "srv/a" } }],
    ["a.root", { a: { root: '/a"; include /etc/shadow; #' } }],
    ["a.aliases.0", { a: { root: "/a", aliases: ["b;"] } }],
    ["a.locations./.proxyPass", { a: { root: "/a", locations: { "/": { proxyPass: "127.0.0.1:3000" } } } }],
    ["a.locations./ {", { a: { root: "/a", locations: { "/ {": {} } } }],
  ])("refuses %s", (path, sites) => {
    const { diagnostics } = evaluateSites(sites);
    expect(diagnostics.map(({ optionPath }) => optionPath?.join("."))).toEqual([`services.nginx.virtualHosts.${path}`]);
  });

  test("refuses two default sites of one port", () => {
    const { diagnostics } = evaluateSites({ a: { isDefault: true, root: "/a" }, b: { isDefault: true, root: "/b" } });
    expect(diagnostics).toMatchObject([{ code: "assertion-failed" }]);
  });
});
