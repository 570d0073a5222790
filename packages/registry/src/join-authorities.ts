import type { Authority } from "@firn/download";

/** Makes one of several: each answers for its own registry. */
export function joinAuthorities(authorities: readonly Authority[]): Authority {
  return {
    find(url) {
      for (const each of authorities) {
        const found = each.find(url);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    async answer(refused, client) {
      for (const each of authorities) if (await each.answer(refused, client)) return true;
      return false;
    },
  };
}
