import { createHash } from "node:crypto";
import * as z from "zod";

/** A content that a registry has under a tag. */
export interface ListedContent {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly name: string;
  /** What it is: "application/vnd.debian.binary-package". */
  readonly mediaType: string;
}

/** What a tag names: a description, and contents sorted by name. */
export interface Artifact {
  readonly description: Omit<ListedContent, "name" | "mediaType">;
  readonly contents: readonly ListedContent[];
}

/** Media type of the manifests that registries take from anybody. */
export const manifestType = "application/vnd.oci.image.manifest.v1+json";
const artifactType = "application/vnd.firn.contents.v1";
const descriptionType = "application/vnd.firn.description.v1";
const titleKey = "org.opencontainers.image.title";

/** Hashes bytes: sha256, as 64 hexadecimal digits. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Renders a manifest; equal artifacts are equal texts.
 *
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md
 */
export function renderArtifact({ contents, description }: Artifact): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType,
    config: { mediaType: descriptionType, digest: `sha256:${description.sha256}`, size: description.size },
    layers: contents
      .toSorted((one, other) => compareTexts(one.name, other.name) || compareTexts(one.sha256, other.sha256))
      .map(({ mediaType, name, sha256, size }) => ({
        mediaType,
        digest: `sha256:${sha256}`,
        size,
        annotations: { [titleKey]: name },
      })),
  });
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const size = z.number().int().nonnegative();
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const manifest = z.object({
  artifactType: z.literal(artifactType),
  config: z.object({ digest, size }),
  layers: z.array(
    z.object({ mediaType: z.string(), digest, size, annotations: z.record(z.string(), z.string()).default({}) }),
  ),
});

/** Parses a manifest; undefined when it is none that was rendered here. */
export function parseArtifact(text: string): Artifact | undefined {
  const { data } = manifest.safeParse(parseJson(text));
  if (data === undefined) return undefined;
  const { config, layers } = data;
  return {
    description: { sha256: hashIn(config.digest), size: config.size },
    contents: layers.map(({ annotations, mediaType, ...layer }) => ({
      sha256: hashIn(layer.digest),
      size: layer.size,
      name: annotations[titleKey] ?? layer.digest,
      mediaType,
    })),
  };
}

function hashIn(of: string): string {
  return of.slice("sha256:".length);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
