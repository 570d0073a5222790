/** Definitions of a host, as data: options of any module that only passes them on. */
export interface RawDefinitions {
  readonly environment?: {
    readonly etc?: { readonly [path: string]: object };
    readonly packages?: { readonly [name: string]: object };
  };
  readonly packages?: { readonly exclude?: readonly string[]; readonly choose?: object; readonly own?: object };
  readonly users?: { readonly users?: object; readonly groups?: object };
  readonly homes?: { readonly [user: string]: object };
  readonly hooks?: { readonly [name: string]: object };
  readonly checks?: { readonly before?: object; readonly after?: object };
  readonly systemd?: { readonly services: { readonly [name: string]: object } };
}

/** Writes the module of a host that has exactly these definitions, so that tests need no module's defaults. */
export function rawHost(definitions: RawDefinitions): string {
  return `import { defineModule, option, types } from "firn";

const any = () => option({ type: types.attrsOf(types.anything), default: {} });

export default defineModule({
  options: {
    environment: { etc: any(), packages: any() },
    packages: any(),
    users: { users: any(), groups: any() },
    homes: any(),
    hooks: any(),
    checks: { before: any(), after: any() },
    systemd: { services: any() },
  },
  config: (_, define) => define(${JSON.stringify(definitions)} as never),
});
`;
}

/** Writes a service that runs until it is stopped, or as its settings say. */
export function rawService(name: string, settings = "ExecStart=/bin/sleep infinity\n"): object {
  return { name: `${name}.service`, text: `[Service]\nType=exec\n${settings}`, wantedBy: ["multi-user.target"] };
}
