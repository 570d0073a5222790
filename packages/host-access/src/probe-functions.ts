import { systemUnitFolders, userUnitFolders } from "./unit-query.ts";

/** Where a manager may have unit files; the shell knows whose home it is about. */
const unitFolders = [...systemUnitFolders, ...userUnitFolders("$home")];

/**
 * Functions of the script that reads a machine. They need a POSIX shell and
 * coreutils, and print lines that begin with a letter each:
 *
 * ```
 * d NUMBER absent|unreadable        a folder that leads nowhere
 * p MODE UID GID SIZE DEVICE NAME   what stat says of the next path; "/." separates paths, since those that are
 *                                   not there have no line of their own
 * stat: … : WHY                     why there is no line, in the order of those that lack one
 * b                                 end of a batch of paths, and of a batch of sums
 * empty NUMBER                      a directory without entries
 * t NAME BASE64|unreadable          an account file
 * Uid: …                            ids of users who have processes
 * m NUMBER, s LINE, x LINE          a manager, what it shows of units, why it does not
 * f BASE64 PATH                     a unit file
 * ```
 */
export const probeFunctions: string = `
nl='
'
fail() { printf 'fail %s\\n' "$1"; exit 0; }

# Sets R to where a path leads from a folder; to a path below /dev/null, where nothing can be, when it leads nowhere.
walk() {
  R=$1 rest=$2 links=0
  while [ -n "$rest" ]; do
    name=\${rest%%/*}
    case $rest in
      */) rest=\${rest#*/}; [ -n "$rest" ] || rest=. ;;
      */*) rest=\${rest#*/} ;;
      *) rest= ;;
    esac
    case $name in
      '' | . | ..)
        [ -d "$R/" ] || { lost; return; }
        if [ "$name" = .. ] && [ "$R" != "$root" ]; then R=\${R%/*}; fi
        continue ;;
    esac
    if [ -L "$R/$name" ]; then
      links=$((links + 1))
      [ "$links" -le 40 ] || { R=/dev/null/absent; return; }
      target=$(readlink -n -- "$R/$name"; printf .)
      target=\${target%.}
      case $target in /*) R=$root ;; esac
      rest=$target\${rest:+/$rest}
    elif [ -e "$R/$name" ]; then
      R=$R/$name
    else
      lost; return
    fi
  done
}
lost() {
  if [ -d "$R/" ] && [ ! -x "$R/" ]; then R=/dev/null/unreadable; else R=/dev/null/absent; fi
}

enter() {
  case $2 in
    /dev/null/*) R=$2 ;;
    *) walk "$2" "$3" ;;
  esac
  case $R in /dev/null/absent | /dev/null/unreadable) printf 'd %s %s\\n' "$1" "\${R##*/}" ;; esac
  eval "d$1=\\$R"
}

look() {
  said=$(stat --printf='p %f %u %g %s %d %N\\n' -- "$@" 2>&1 >&3)
  [ -z "$said" ] || printf '%s\\n' "$said"
  echo b
}

empty() {
  [ -d "$2" ] && [ ! -L "$2" ] && [ -r "$2" ] || return 0
  if [ -x "$2" ]; then
    for one in "$2"/* "$2"/.[!.]* "$2"/..?*; do
      if [ -e "$one" ] || [ -L "$one" ]; then return 0; fi
    done
  else
    [ -z "$(ls -A -- "$2" 2>&1)" ] || return 0
  fi
  printf 'empty %s\\n' "$1"
}

sums() {
  for one; do
    shift
    if [ -f "$one" ] && [ ! -L "$one" ]; then set -- "$@" "$one"; fi
    set -- "$@" /dev/./null
  done
  sha256sum -- "$@" 2>/dev/null
  echo b
}

account() {
  walk "$root" "etc/$1"
  if [ "$R" = /dev/null/unreadable ]; then printf 't %s unreadable\\n' "$1"; fi
  [ -f "$R" ] || return 0
  if [ -r "$R" ]; then
    printf 't %s ' "$1"
    base64 -w 0 -- "$R"
    echo
  else
    printf 't %s unreadable\\n' "$1"
  fi
}

unit_file() {
  [ -f "$1" ] && [ -r "$1" ] || return 0
  case $(readlink -f -- "$1") in "$state"/*) return 0 ;; esac
  printf 'f '
  base64 -w 0 -- "$1"
  printf ' %s\\n' "$1"
}

shows() {
  printf 'm %s\\n' "$1"
  shift
  [ "$#" -gt 0 ] || return 0
  if shown=$("$@" 2>/dev/null); then
    printf '%s\\n' "$shown" | while IFS= read -r line; do
      printf 's %s\\n' "$line"
      case $line in
        FragmentPath=?*)
          line=\${line#*=}
          unit_file "$line"
          case $line in
            */systemd/system/* | */systemd/user/*)
              for folder in ${unitFolders.map((folder) => `"${folder}"`).join(" ")}; do
                unit_file "$folder/\${line##*/}"
              done ;;
          esac ;;
      esac
    done
  else
    "$@" 2>&1 >/dev/null | while IFS= read -r line; do printf 'x %s\\n' "$line"; done
    echo x
  fi
}

user_shows() {
  number=$1 user=$2 id=$3 home=$4
  shift 4
  [ -n "$id" ] || id=$(id -u -- "$user" 2>/dev/null) || return 0
  [ -e "/run/user/$id/systemd/private" ] || return 0
  own=$(id -u)
  [ "$own" = "$id" ] || [ "$own" = 0 ] || return 0
  [ -n "$home" ] || home=$(getent passwd "$user" | cut -d : -f 6)
  [ "$#" -gt 0 ] || { shows "$number"; return; }
  set -- env "XDG_RUNTIME_DIR=/run/user/$id" "$@"
  [ "$own" = "$id" ] || set -- runuser -u "$user" -- "$@"
  shows "$number" "$@"
}
`;
