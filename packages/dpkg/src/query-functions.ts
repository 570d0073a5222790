/** Reads what is installed. */
export const queryFunctions = `# packages_auto: prints what nobody asked for.
packages_auto() (
  set -f
  IFS='
'
  [ -e "$packages_root/var/lib/apt/extended_states" ] || exit 0
  for line in $(cat -- "$packages_root/var/lib/apt/extended_states"); do
    case $line in
      'Package: '*) name=\${line#* } ;;
      'Architecture: '*) architecture=\${line#* } ;;
      'Auto-Installed: 1') printf '%s:%s needed\\n' "$name" "$architecture" ;;
    esac
  done
)
# packages_list FILE: writes what is installed, sorted: key, version, architecture, mark, state.
packages_list() (
  set -f
  dpkg-query --admindir="$packages_root/var/lib/dpkg" -W -f '\${db:Status-Abbrev}|\${Package}|\${Architecture}|\${Version}\\n' > "$1.all" || exit 1
  packages_auto | LC_ALL=C sort > "$1.auto" || exit 1
  IFS='
'
  for line in $(cat -- "$1.all"); do
    case $line in
      ?[nc]' '*) continue ;;
      ?i' '*) state=installed ;;
      ??R* | ?H*) state=reinstall ;;
      *) state=broken ;;
    esac
    line=\${line#*|}
    name=\${line%%|*} version=\${line##*|} architecture=\${line#*|}
    architecture=\${architecture%|*}
    packages_key "$name" "$architecture"
    printf '%s %s %s %s\\n' "$packages_key" "$version" "$architecture" "$state"
  done | LC_ALL=C sort > "$1.some" || exit 1
  LC_ALL=C join -a 1 -e asked -o 1.1,1.2,1.3,2.2,1.4 -- "$1.some" "$1.auto" > "$1"
)
# packages_join FILE FILE: for each line of the first, that of the second with the same key, or "-" in its stead.
packages_join() { LC_ALL=C join -a 1 -e - -o "$1" -- "$2" "$3"; }`;
