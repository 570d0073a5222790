/** What stands for a state of a repository. */
interface State {
  readonly tag?: string;
  readonly commit: string;
}

/** Says where a forge shows what changed between two states of a repository; undefined where that is not known. */
export function compareAddress(git: string, before: State, after: State): string | undefined {
  const found = /^(?:https:\/\/|ssh:\/\/)?(?:[\w.-]+@)?(?<host>[\w.-]+)(?::\d+)?[/:](?<path>[^:]+?)(?:\.git)?\/?$/.exec(
    git,
  )?.groups;
  const { host = "", path = "" } = found ?? {};
  const range = `${encodeURIComponent(nameOf(before))}...${encodeURIComponent(nameOf(after))}`;
  if (/^(?:github\.com|codeberg\.org|gitea\.com)$/.test(host)) return `https://${host}/${path}/compare/${range}`;
  if (host.startsWith("gitlab.")) return `https://${host}/${path}/-/compare/${range}`;
  return host === "bitbucket.org"
    ? `https://${host}/${path}/branches/compare/${encodeURIComponent(nameOf(after))}..${encodeURIComponent(nameOf(before))}`
    : undefined;
}

function nameOf({ tag, commit }: State): string {
  return tag ?? commit.slice(0, 12);
}
