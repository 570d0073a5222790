/** Looks whether a change can be made. */
export const checkFunctions = `# packages_check: says what stands against it, and changes nothing.
packages_check() {
  packages_status=0
  packages_look || packages_status=1
  rm -rf -- "$packages_work"
  return "$packages_status"
}
packages_look() {
  [ "$(id -u)" = 0 ] || { packages_fail "only root can" && return 1; }
  [ -x "$packages_root/usr/bin/apt-get" ] || { packages_fail "there is no apt-get in $packages_root/" && return 1; }
  [ -z "$packages_root" ] || [ -c "$packages_root/dev/null" ] || { packages_fail "there is no $packages_root/dev/null, without which programs do not run inside of $packages_root" && return 1; }
  packages_sorted && packages_configure && packages_list "$packages_work/before" && packages_allowed && packages_held || return 1
  : > "$packages_work/only-look"
  packages_is_whole=yes
  for packages_line in "$packages_root"/var/lib/dpkg/updates/*; do [ ! -e "$packages_line" ] || packages_is_whole=no; done
  while read -r _ _ _ _ packages_line; do [ "$packages_line" = installed ] || packages_is_whole=no; done < "$packages_work/before"
  if [ -d "$packages_files" ]; then
    packages_todo || return 1
  else
    for packages_list in todo going sources; do : > "$packages_work/$packages_list"; done
  fi
  packages_enter_files || return 1
  packages_apt && return 0
  if [ -e "$packages_work/asked" ] && [ ! -s "$packages_work/refused" ]; then packages_has_space && return 0 || return 1; fi
  case $(cat -- "$packages_work/log") in
    *'Could not get lock'* | *'Unable to acquire'*) packages_who && return 1 ;;
  esac
  # What was interrupted is repaired first, and apt cannot tell before that.
  [ "$packages_is_whole" = yes ] || [ -s "$packages_work/refused" ] || return 0
  packages_tell && return 1
}
# packages_who: says who has the lock; the first line knows best.
packages_who() {
  while read -r packages_line; do
    case $packages_line in E:*lock*) ;; *) continue ;; esac
    packages_fail "dpkg is in use: \${packages_line#E: }"
    printf 'Wait until that has ended, and run it again\n' >&2
    return 0
  done < "$packages_work/log"
}
# packages_held: what the administrator holds stays.
packages_held() (
  dpkg-query --admindir="$packages_root/var/lib/dpkg" -W -f '\${db:Status-Want}|\${Package}|\${Architecture}|\${Version}\\n' > "$packages_work/selections" || exit 1
  while IFS='|' read -r want name for version; do
    [ "$want" = hold ] || continue
    packages_key "$name" "$for"
    printf '%s %s\\n' "$packages_key" "$version"
  done < "$packages_work/selections" | LC_ALL=C sort > "$packages_work/held"
  status=0
  packages_join 1.1,1.2,2.1,2.3 "$packages_work/held" "$packages_work/want" > "$packages_work/both" || exit 1
  while read -r key version wanted new; do
    [ "$wanted" = - ] || [ "$version" = "$new" ] || { packages_fail "\${key%:$packages_native} is held at $version, and would become $new; to let it go: apt-mark unhold \${key%:$packages_native}" && status=1; }
  done < "$packages_work/both"
  LC_ALL=C join -o 1.1,1.2 -- "$packages_work/held" "$packages_work/gone" > "$packages_work/both" || exit 1
  while read -r key version; do
    packages_fail "\${key%:$packages_native} is held at $version, and would be removed; to let it go: apt-mark unhold \${key%:$packages_native}" && status=1
  done < "$packages_work/both"
  exit "$status"
)
# packages_has_space: whether there is room for what apt says that comes.
packages_has_space() (
  while read -r line; do
    case $line in 'After this operation, '*' of additional disk space will be used.') ;; *) continue ;; esac
    line=\${line#After this operation, }
    amount=\${line%% *} unit=\${line#* }
    case $amount in *,*) amount=\${amount%%,*}\${amount#*,} ;; esac
    needed=$((\${amount%%.*} + 1))
    case \${unit%% *} in kB) ;; MB) needed=$((needed * 1000)) ;; GB) needed=$((needed * 1000000)) ;; TB) needed=$((needed * 1000000000)) ;; *) exit 0 ;; esac
    free=$(df -k --output=avail -- "$packages_root/usr") || exit 0
    free=\${free##*[!0-9]}
    [ "$free" -ge "$needed" ] || { packages_fail "it needs \${line%% of additional*} more, and $packages_root/usr has $free kB" && exit 1; }
  done < "$packages_work/log"
)`;
