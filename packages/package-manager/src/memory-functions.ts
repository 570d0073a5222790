/**
 * Functions for sh that keep packages as plain files: below
 * /var/lib/memory-packages a folder for each, with what it is, its file, and the
 * paths that it has. The mark "broken" is there while something of it changes.
 */
export const memoryFunctions: string = String.raw`
packages_open() {
  packages_root=${"$"}{1%/} packages_files=$2 packages_state=$3
  packages_db=$packages_root/var/lib/memory-packages
  [ -d "$packages_db" ] || { echo "Cannot change packages: there is no $packages_db" >&2; return 1; }
}

packages_is_owned() {
  case $packages_owned in *"
$1
"*) return 0 ;; esac
  return 1
}

packages_need() {
  [ -f "$packages_files/$2" ] || { echo "Cannot install $1: there is no $packages_files/$2" >&2; return 1; }
  tar -xOf "$packages_files/$2" ./needs | while read -r packages_name; do
    case $packages_coming in *" $packages_name "*) continue ;; esac
    [ -d "$packages_db/$packages_name" ] || { echo "Cannot install $1: it needs $packages_name" >&2; exit 1; }
  done
}

packages_put() {
  packages_at=$packages_db/$1
  if [ ! -e "$packages_at/broken" ] && [ "$(cat "$packages_at/about" 2>/dev/null)" = "$1 $2 $3" ]; then
    packages_mark "$1" "$4"
    return
  fi
  mkdir -p -- "$packages_at"
  : > "$packages_at/broken"
  cp -- "$packages_files/$5" "$packages_at/new"
  mv -f -- "$packages_at/new" "$packages_at/package"
  tar -tf "$packages_at/package" | sed -n 's|^\./root\(/.*[^/]\)$|\1|p' > "$packages_at/paths.new"
  [ ! -e "$packages_at/paths" ] || packages_take "$packages_at/paths" "$packages_at/paths.new"
  while IFS= read -r packages_path; do
    packages_is_owned "$packages_path" || packages_write "$packages_at/package" "$packages_path"
  done < "$packages_at/paths.new"
  mv -f -- "$packages_at/paths.new" "$packages_at/paths"
  echo "$1 $2 $3" > "$packages_at/about.new"
  mv -f -- "$packages_at/about.new" "$packages_at/about"
  packages_mark "$1" "$4"
  rm -f -- "$packages_at/broken"
}

packages_write() {
  mkdir -p -- "$packages_root${"$"}{2%/*}"
  tar -xOf "$1" "./root$2" > "$packages_root$2.new"
  mv -f -- "$packages_root$2.new" "$packages_root$2"
}

packages_take() {
  while IFS= read -r packages_path; do
    if [ -n "${"$"}{2:-}" ] && grep -qxF -e "$packages_path" "$2"; then continue; fi
    packages_is_owned "$packages_path" || rm -f -- "$packages_root$packages_path"
  done < "$1"
}

packages_drop() {
  [ -d "$packages_db/$1" ] || return 0
  : > "$packages_db/$1/broken"
  [ ! -e "$packages_db/$1/paths" ] || packages_take "$packages_db/$1/paths"
  rm -rf -- "$packages_db/$1"
}

packages_mark() {
  echo "$2" > "$packages_db/$1/mark.new"
  mv -f -- "$packages_db/$1/mark.new" "$packages_db/$1/mark"
}

packages_keep() {
  [ -e "$packages_db/$1/package" ] || return 0
  mkdir -p -- "$packages_state"
  read -r packages_name packages_version packages_architecture < "$packages_db/$1/about"
  cp -- "$packages_db/$1/package" "$packages_state/$packages_name-$packages_version-$packages_architecture.tar"
}

packages_assert() {
  [ "$(cat "$packages_db/$1/about" 2>/dev/null)" = "$2" ] || { echo "Cannot go on: $1 is not as it was to be" >&2; return 1; }
}

packages_give() {
  [ ! -e "$packages_root$1" ] || return 0
  mkdir -p -- "$packages_state"
  for packages_at in "$packages_db"/*/; do
    grep -qxF -e "$1" "$packages_at/paths" 2>/dev/null || continue
    echo "$1" >> "$packages_state/given"
    packages_write "$packages_at/package" "$1"
  done
}

packages_take_back() {
  [ -e "$2/given" ] || return 0
  while IFS= read -r packages_path; do rm -f -- "${"$"}{1%/}$packages_path"; done < "$2/given"
  rm -f -- "$2/given"
}
`;
