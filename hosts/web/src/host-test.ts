import { defineTests } from "firn";

/** What a machine does once it is this host; each test begins on a bare one. */
export default defineTests({
  packages: ["nginx-light", "nftables"],
  tests: {
    "serves its page": async ({ host, expect }) => {
      await host.switch();
      const page = await host.fetch("http://www.example.org/");
      expect(page.status).toBe(200);
      expect(page.text).toContain("Served by Firn");
    },

    "says how it is, on a page that survives a boot": async ({ host, expect }) => {
      await host.switch();
      await host.reboot();
      expect(host.failedUnits).toEqual([]);
      expect((await host.fetch("http://status.example.org:8080/")).text).toContain("<title>web</title>");
    },

    "lets its administrator in, and nobody without a key": async ({ host, expect }) => {
      await host.switch();
      expect(await host.succeed(["id", "--groups", "--name", "ada"])).toBe("ada sudo\n");
      expect(await host.readFile("/home/ada/.ssh/authorized_keys")).toContain("ada@example.org");
    },

    "leaves nothing that it started": async ({ host, expect }) => {
      await host.switch();
      await host.firn("switch", "--to-none");
      expect((await host.run(["systemctl", "is-active", "nginx"])).stdout).toBe("inactive\n");
      expect((await host.run(["id", "ada"])).status).toBe(1);
    },
  },
});
