/** A repository and what to take of it, in a random manifest. */
export interface Wanted {
  /** Index of the repository among those of its world. */
  readonly repository: number;
  readonly ref?: string;
  readonly rev?: string;
  readonly dir?: string;
  readonly flake?: false;
}

/** What a random manifest says of an input: exactly one of the first two, unless it only overrides. */
export interface Declaration {
  readonly want?: Wanted;
  readonly follows?: string;
  readonly inputs?: Manifest;
}

/** Inputs by name. */
export type Manifest = Readonly<Record<string, Declaration>>;

/** Writes a manifest for nix: addresses of repositories by index. */
export function renderNix(manifest: Manifest, urls: readonly string[]): string {
  return `{ inputs = ${nixInputs(manifest, urls)}; outputs = _: { }; }\n`;
}

function nixInputs(manifest: Manifest, urls: readonly string[]): string {
  const lines = Object.entries(manifest).map(([name, { want, follows, inputs }]) => {
    const parts = [
      want === undefined ? "" : `url = "${nixUrl(want, urls)}"; `,
      want?.flake === false ? "flake = false; " : "",
      follows === undefined ? "" : `follows = "${follows}"; `,
      inputs === undefined ? "" : `inputs = ${nixInputs(inputs, urls)}; `,
    ];
    return `${name} = { ${parts.join("")}};`;
  });
  return `{ ${lines.join(" ")} }`;
}

function nixUrl({ repository, ref, rev, dir }: Wanted, urls: readonly string[]): string {
  const query = Object.entries({ dir, ref, rev }).filter(([, value]) => value !== undefined);
  const text = query.map(([name, value]) => `${name}=${value}`).join("&");
  return `git+${urls[repository]}${text === "" ? "" : `?${text}`}`;
}

/** Writes a manifest for Firn. JSON is YAML, and only the root's transports count. */
export function renderYaml(manifest: Manifest, urls: readonly string[]): string {
  return `${JSON.stringify({ transports: ["https", "ssh", "file"], inputs: yamlInputs(manifest, urls) }, undefined, 2)}\n`;
}

function yamlInputs(manifest: Manifest, urls: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(manifest).map(([name, { want, follows, inputs }]) => {
      const { repository, ...rest } = want ?? {};
      const git = repository === undefined ? {} : { git: urls[repository], ...rest };
      const below = inputs === undefined ? {} : { inputs: yamlInputs(inputs, urls) };
      return [name, { ...git, ...(follows !== undefined && { follows }), ...below }];
    }),
  );
}
