const plainPart = /^[A-Za-z_][\w-]*$|^\d+$/;

/** Renders one part of an option path, in quotes unless it is a plain name or an index. */
export function renderPathPart(part: string): string {
  return plainPart.test(part) ? part : JSON.stringify(part);
}

/** Renders an option path with dots: `services.nginx.virtualHosts."a.example"`. */
export function renderPath(path: readonly string[]): string {
  return path.map(renderPathPart).join(".");
}
