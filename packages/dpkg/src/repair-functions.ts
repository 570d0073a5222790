/** Goes on after a kill, and brings back what does not belong to packages. */
export const repairFunctions = `# packages_dpkg ARGUMENT...: runs dpkg itself, where apt would not go on.
packages_dpkg() (
  set -f
  IFS='
'
  packages_run dpkg --force-confdef --force-confold $(packages_options) "$@" >> "$packages_work/log" 2>&1
)
# packages_repair: brings dpkg, after a kill, to where apt can go on.
packages_repair() {
  packages_is_clean=yes
  : > "$packages_work/log"
  : > "$packages_work/sources"
  for packages_line in "$packages_root"/var/lib/dpkg/updates/*; do [ ! -e "$packages_line" ] || packages_is_clean=no; done
  cut -d ' ' -f 5 -- "$packages_work/before" | LC_ALL=C sort -u > "$packages_work/states" || return 1
  while read -r packages_line; do [ "$packages_line" = installed ] || packages_is_clean=no; done < "$packages_work/states"
  [ "$packages_is_clean" = no ] || return 0
  # Whoever works with dpkg still is waited for.
  packages_run apt-get -q -o DPkg::Lock::Timeout=120 install > "$packages_work/log" 2>&1 ||
    case $(cat -- "$packages_work/log") in *'Could not get lock'* | *'Unable to acquire'*) packages_tell && return 1 ;; esac
  # Any change has dpkg end what it had begun to write.
  packages_dpkg --set-selections || { packages_tell && return 1; }
  packages_list "$packages_work/now" || return 1
  packages_reinstall
}
# packages_reinstall: of what is there only in part the unpacking ends that was under
# way, so that nothing of it is left; else what is wanted is unpacked, or it goes.
packages_reinstall() {
  packages_join 1.1,1.2,1.3,1.5,2.5 "$packages_work/now" "$packages_work/want" > "$packages_work/both" || return 1
  : > "$packages_work/half"
  : > "$packages_work/sources"
  while read -r packages_key packages_version packages_for packages_now packages_line; do
    [ "$packages_now" = reinstall ] || continue
    if [ -e "$packages_state/coming/$packages_key" ]; then
      printf '%s\\n' "$packages_state/coming/$packages_key" >> "$packages_work/sources"
    elif [ "$packages_line" != - ] && [ -e "$packages_files/$packages_line" ]; then
      printf '%s\\n' "$packages_files/$packages_line" >> "$packages_work/sources"
    else
      printf '%s %s\\n' "$packages_key" "\${packages_key%:*}:$packages_for" >> "$packages_work/half"
    fi
  done < "$packages_work/both" || return 1
  if [ -s "$packages_work/sources" ]; then
    packages_enter_files && packages_unpack || { packages_tell && return 1; }
  fi
  LC_ALL=C join -o 1.2 -- "$packages_work/half" "$packages_work/gone" > "$packages_work/both" || return 1
  while read -r packages_key; do
    packages_dpkg --force-depends --force-remove-reinstreq --force-remove-essential --remove "$packages_key" || { packages_tell && return 1; }
  done < "$packages_work/both"
}
packages_unpack() (
  set -f
  IFS='
'
  packages_dpkg --force-depends --force-breaks --force-conflicts --force-downgrade --unpack $(cat -- "$packages_work/inner-files")
)
# packages_come: remembers what is unpacked next, for whoever goes on after a kill.
packages_come() {
  packages_from=$(realpath -m -- "$packages_files") && rm -rf -- "$packages_state/coming" && mkdir -m 0700 -- "$packages_state/coming" || return 1
  while IFS=' ' read -r packages_key _ _ _ packages_line; do
    ln -s -- "$packages_from/$packages_line" "$packages_state/coming/$packages_key" || return 1
  done < "$packages_work/todo"
}
# packages_save: dpkg removes what it no longer has to do with, also where something else is now.
packages_save() (
  [ -s "$packages_work/owned" ] || exit 0
  mkdir -p -m 0700 -- "$packages_state/owned" && cd -- "$packages_root/" || exit 1
  set -f
  IFS='
'
  for path in $(cat -- "$packages_work/owned"); do
    path=.$path
    if [ -L "$path" ] || { [ -e "$path" ] && [ ! -d "$path" ]; }; then printf '%s\\n' "$path"; fi
  done > "$packages_work/saved"
  [ -s "$packages_work/saved" ] || exit 0
  cp -a -l -f --parents -t "$packages_state/owned" -- $(cat -- "$packages_work/saved") 2>/dev/null ||
    cp -a -f --parents -t "$packages_state/owned" -- $(cat -- "$packages_work/saved")
)
packages_restore() (
  [ -d "$packages_state/owned" ] && [ -s "$packages_work/owned" ] || exit 0
  cd -- "$packages_root/" || exit 1
  while IFS= read -r path; do
    old=$packages_state/owned$path new=.$path
    [ -L "$old" ] || [ -e "$old" ] || continue
    if [ -L "$old" ]; then [ ! -L "$new" ] || continue; elif [ -e "$new" ] && [ ! -L "$new" ]; then continue; fi
    mkdir -p -- "\${new%/*}" && cp -a -f -T --remove-destination -- "$old" "$new" || exit 1
  done < "$packages_work/owned"
)`;
