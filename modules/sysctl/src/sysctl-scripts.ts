/** Where the kernel's parameters are files. */
const kernel = "/proc/sys";

/**
 * Renders the functions of both scripts. As for systemd and sysctl(8), where a
 * slash comes first in a name, it separates the parts, and dots belong to them.
 */
function renderFunctions(folder: string): string {
  return `before=$FIRN_HOOK_STATE/before
path_of() {
  case \${1#"\${1%%[./]*}"} in
  /*) printf '${folder}/%s\\n' "$1" ;;
  *) printf '${folder}/%s\\n' "$(printf '%s' "$1" | tr ./ /.)" ;;
  esac
}
put() {
  { printf '%s\\n' "\${1#* = }" >"$(path_of "\${1%% = *}")"; } 2>/dev/null && return
  echo "The kernel does not take \\"$1\\"" >&2
  return 1
}`;
}

/**
 * Renders the script that sets what a file of parameters says.
 *
 * Before the first time that it sets a parameter it writes down the value that
 * it had; parameters that the file no longer names get that value back. It
 * needs no program but those of coreutils and grep.
 */
export function setScript(file: string, folder = kernel): string {
  return `set -eu
${renderFunctions(folder)}
cd "$FIRN_HOOK_STATE"
: >>before
cut -d ' ' -f 1 ${file} >names
cut -d ' ' -f 1 before >known
while read -r name; do
  if ! grep -qxF -e "$name" known && value=$(cat "$(path_of "$name")" 2>/dev/null); then
    printf '%s = %s\\n' "$name" "$value" >>before
  fi
done <names
while read -r line; do
  put "$line"
done <${file}
: >kept
while read -r line; do
  if grep -qxF -e "\${line%% = *}" names; then
    printf '%s\\n' "$line" >>kept
  else
    put "$line" || true
  fi
done <before
mv kept before
rm names known
`;
}

/** Renders the script that gives all parameters back the values that they had before Firn. */
export function restoreScript(folder = kernel): string {
  return `set -u
${renderFunctions(folder)}
[ -e "$before" ] || exit 0
while read -r line; do
  put "$line" || true
done <"$before"
rm -f "$before" "$FIRN_HOOK_STATE/names" "$FIRN_HOOK_STATE/known" "$FIRN_HOOK_STATE/kept"
`;
}
