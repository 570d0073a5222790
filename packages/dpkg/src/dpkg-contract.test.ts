import { dpkgTarget } from "@firn/dpkg";
import { describePackageTarget, type ScriptEnd } from "@firn/package-manager/testing";
import { describeWithHosts } from "@firn/test-host/testing";
import { PackageHost } from "../test-kit/package-host.ts";

describeWithHosts("dpkg on a booted machine", () => {
  describePackageTarget("dpkgTarget", async () => {
    const machine = await PackageHost.start();
    const { host } = machine;
    await host.snapshot("bare");
    const run = async (script: string, after?: number): Promise<ScriptEnd> => {
      await host.writeFile("/root/script.sh", `LC_ALL=C; export LC_ALL\n${script}`);
      const killed = after === undefined ? [] : ["timeout", "--signal=KILL", `${after / 1000}`];
      const command = [...killed, "env", "FIRN_NO_SYNC=1", "sh", "/root/script.sh"];
      const { status, stderr, stdout } = await host.run(command, { timeout: 300_000 });
      return { status: status ?? -1, text: stdout + stderr };
    };
    return {
      target: dpkgTarget,
      places: { root: "/", files: "/debs", state: "/var/lib/firn/packages" },
      versions: ["1:1.0~rc1-1", "1:1.0-1"],
      make: ({ files, name, needs = [], version }) =>
        machine.make({
          name,
          version,
          files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path.slice(1), text])),
          ...(needs.length > 0 && { fields: { Depends: needs.join(", ") } }),
        }),
      run,
      async read(path) {
        const { status, stdout } = await host.run(["cat", path]);
        return status === 0 ? stdout : undefined;
      },
      reset: () => host.reset("bare"),
      stop: () => machine.stop(),
    };
  });
});
