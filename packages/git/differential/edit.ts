import type { Declaration, Manifest } from "./manifest.ts";
import { isPlainName, type LockMaker, type World } from "./world.ts";

/** One step of a graph: what became of the root's manifest, and what the tools are asked to do. */
export interface Step {
  readonly title: string;
  readonly manifest: Manifest;
  /** Inputs to update; none means to lock. */
  readonly update?: "all" | readonly string[];
}

type Edit = (world: World, manifest: Manifest) => Manifest;

const names = ["a", "b", "c", "d", "e"]; // "c" is never a flake, see isPlainName.

/** Gives the root its first manifest. */
export function firstManifest(world: World): Manifest {
  let manifest: Manifest = {};
  for (let count = 1 + world.random.below(3); count > 0; count--) manifest = addInput(world, manifest);
  return world.random.chance(0.5) ? overrideBelow(world, manifest) : manifest;
}

/**
 * Takes one random step: an edit of the root's manifest, something new in a
 * repository, or neither; then a lock, or an update of some inputs.
 *
 * @param paths inputs that are locked now and can be updated
 */
export async function takeStep(
  world: World,
  { manifest, paths }: { manifest: Manifest; paths: readonly string[] },
  makeLocks: LockMaker,
): Promise<Step> {
  const { random } = world;
  if (random.chance(0.45)) {
    const node = random.pick(world.nodes);
    const branch = random.pick(["master", "dev"]) ?? "master";
    if (node !== undefined) await world.commit(node, branch, makeLocks);
    return { title: `commit to ${branch} of r${node?.index}`, manifest, ...chooseUpdate(world, paths) };
  }
  const [title, edit] = random.weighted(edits) ?? ["add", addInput];
  const isAlone = random.chance(0.85);
  return { title, manifest: edit(world, manifest), ...(!isAlone && chooseUpdate(world, paths)) };
}

function chooseUpdate({ random }: World, paths: readonly string[]): Pick<Step, "update"> {
  if (random.chance(0.3)) return {};
  if (random.chance(0.3) || paths.length === 0) return { update: "all" };
  const chosen = new Set([random.pick(paths) ?? "", ...(random.chance(0.3) ? [random.pick(paths) ?? ""] : [])]);
  return { update: [...chosen] };
}

const edits: readonly (readonly [weight: number, item: readonly [title: string, edit: Edit]])[] = [
  [3, ["add an input", addInput]],
  [1.5, ["remove an input", removeInput]],
  [1, ["rename an input", renameInput]],
  [2, ["change what an input is", changeInput]],
  [3, ["override an input of an input", overrideBelow]],
  [2, ["take overrides back", takeBack]],
  [1.5, ["add an alias", addAlias]],
];

function addInput(world: World, manifest: Manifest): Manifest {
  const free = world.random.pick(names.filter((name) => manifest[name] === undefined));
  const declaration = world.declare(world.nodes, free ?? "");
  return free === undefined || declaration === undefined ? manifest : { ...manifest, [free]: declaration };
}

function removeInput({ random }: World, manifest: Manifest): Manifest {
  const gone = random.pick(Object.keys(manifest));
  return Object.fromEntries(Object.entries(manifest).filter(([name]) => name !== gone));
}

function renameInput({ random }: World, manifest: Manifest): Manifest {
  const old = random.pick(Object.keys(manifest));
  const free = names.filter((name) => manifest[name] === undefined && isPlainName(name) === isPlainName(old ?? ""));
  const next = random.pick(free) ?? old ?? "";
  return Object.fromEntries(
    Object.entries(manifest).map(([name, declaration]) => [name === old ? next : name, declaration]),
  );
}

function changeInput(world: World, manifest: Manifest): Manifest {
  const name = pickReal(world, manifest);
  const next = world.declare(world.nodes, name ?? "");
  return name === undefined || next === undefined ? manifest : { ...manifest, [name]: { ...manifest[name], ...next } };
}

/** Gives an input of an input to another one to follow, or another address. */
function overrideBelow(world: World, manifest: Manifest): Manifest {
  const { random } = world;
  const above = pickReal(world, manifest);
  const declaration = manifest[above ?? ""];
  const below = random.pick(world.inputsOf(declaration));
  if (above === undefined || declaration === undefined || below === undefined) return manifest;
  const target = pickTarget(world, manifest, `${above}/${below}`);
  // Repositories depend on later ones: an earlier one could bring the flake that it overrides along.
  const candidates = world.nodes.slice((declaration.want?.repository ?? 0) + 1);
  const isAddress = target === undefined || random.chance(0.15);
  const override = isAddress ? world.declare(candidates, below) : { follows: target };
  if (override === undefined) return manifest;
  return { ...manifest, [above]: { ...declaration, inputs: { ...declaration.inputs, [below]: override } } };
}

/** Picks what to follow: another input of the root, an input of one, the root itself, or now and then nothing that is there. */
function pickTarget(world: World, manifest: Manifest, except: string): string | undefined {
  const { random } = world;
  const kind = random.weighted([
    [5, "direct"],
    [4, "nested"],
    [1, "root"],
    [0.3, "missing"],
  ] as const);
  if (kind === "root") return "";
  if (kind === "missing") return "nowhere";
  const direct = Object.keys(manifest);
  const paths =
    kind === "direct"
      ? direct
      : direct.flatMap((name) => world.inputsOf(manifest[name]).map((below) => `${name}/${below}`));
  return random.pick(paths.filter((path) => path !== except && !path.startsWith(`${except}/`)));
}

function takeBack({ random }: World, manifest: Manifest): Manifest {
  const overridden = Object.keys(manifest).filter((name) => manifest[name]?.inputs !== undefined);
  const name = random.pick(overridden);
  const { inputs: _inputs, ...rest }: Declaration = manifest[name ?? ""] ?? {};
  return name === undefined ? manifest : { ...manifest, [name]: rest };
}

function addAlias(world: World, manifest: Manifest): Manifest {
  const free = world.random.pick(names.filter((name) => manifest[name] === undefined));
  const target = pickTarget(world, manifest, free ?? "");
  return free === undefined || target === undefined ? manifest : { ...manifest, [free]: { follows: target } };
}

function pickReal({ random }: World, manifest: Manifest): string | undefined {
  return random.pick(Object.keys(manifest).filter((name) => manifest[name]?.want !== undefined));
}
