/** Keeps services as they are while packages change. */
export const serviceFunctions = `# While packages change, no service does: whatever starts and stops some asks
# policy-rc.d, or finds one of these programs first. What they wanted is noted.
packages_note_text='# Notes what is asked of a service, unless the policy of the machine denies it.
own=/usr/sbin/policy-rc.d.firn-kept
case $1 in *.*) unit=$1 ;; *) unit=$1.service ;; esac
if [ -x "$own" ]; then
  status=0
  "$own" "\${1%.service}" "$2" >/dev/null 2>&1 || status=$?
  [ "$status" != 101 ] || exit 0
fi
printf "%s %s\\n" "$unit" "$2" >> "\${0%/work/*}/services"'
packages_policy_text='# Firn changes packages: no service starts or stops until it is done.
while :; do case $1 in -*) shift ;; *) break ;; esac; done
case $2 in "("* | query) ;; *) for action in $2; do [ ! -e "$note" ] || sh "$note" "$1" "$action" 2>/dev/null || :; done ;; esac
exit 101'
packages_invoke_text='# Asks for what deb-systemd-invoke would do: it leaves alone what is disabled and does not run.
while :; do case $1 in --user) exit 0 ;; -*) shift ;; *) break ;; esac; done
action=$1
shift
for unit do
  case $action in
    start | restart)
      enabled=$(systemctl is-enabled -- "$unit" 2>/dev/null) || :
      case $enabled in *enabled*) ;; *) [ "$action" = restart ] && systemctl -q is-active -- "$unit" || continue ;; esac ;;
  esac
  sh "$note" "$unit" "$action" || :
done'
packages_systemctl_text='# Passes on what only asks or enables, and notes the rest.
PATH=\${PATH#*/bin:}
verb= is_now=
for word do
  case $word in
    --user | --global | --machine* | -M* | --host* | -H* | --root* | --image*) exec systemctl "$@" ;;
    --now) is_now=yes ;;
    -*) ;;
    *) [ -n "$verb" ] || verb=$word ;;
  esac
done
case $verb$is_now in
  enableyes | reenableyes) action=start ;;
  disableyes | maskyes) action=stop ;;
  start* | stop* | restart* | reload* | try-re* | force-reload* | condre*) action=$verb is_now= ;;
  *) exec systemctl "$@" ;;
esac
n=$#
for word do
  shift
  case $word in --now) ;; *) set -- "$@" "$word" ;; esac
  case $word in "$verb" | -*) ;; *) sh "$note" "$word" "$action" || : ;; esac
done
[ -z "$is_now" ] || exec systemctl "$@"'
# packages_program FILE TEXT: a program that knows where to note.
packages_program() {
  printf '#!/bin/sh\\nnote=%s\\n%s\\n' "$packages_inner/note" "$2" > "$1" && chmod 0755 -- "$1"
}
packages_deny() {
  packages_policy=$packages_root/usr/sbin/policy-rc.d
  printf '%s\\n' "$packages_note_text" > "$packages_work/note" &&
    packages_program "$packages_work/bin/deb-systemd-invoke" "$packages_invoke_text" &&
    packages_program "$packages_work/bin/systemctl" "$packages_systemctl_text" &&
    packages_program "$packages_policy.firn-new" "$packages_policy_text" || return 1
  # The machine's own has another name while there is ours; a kill leaves one of them at its place.
  if { [ -e "$packages_policy" ] || [ -L "$packages_policy" ]; } && ! packages_is_ours; then
    ln -f -P -T -- "$packages_policy" "$packages_policy.firn-kept" 2>/dev/null ||
      cp -a -f -T -- "$packages_policy" "$packages_policy.firn-kept" || return 1
  fi
  mv -f -T -- "$packages_policy.firn-new" "$packages_policy"
}
packages_is_ours() {
  [ -f "$packages_policy" ] && [ ! -L "$packages_policy" ] || return 1
  packages_line=
  { read -r packages_line && read -r packages_line && read -r packages_line; } < "$packages_policy" || :
  case $packages_line in '# Firn changes packages:'*) ;; *) return 1 ;; esac
}
packages_allow() {
  if [ -e "$packages_policy.firn-kept" ] || [ -L "$packages_policy.firn-kept" ]; then
    mv -f -T -- "$packages_policy.firn-kept" "$packages_policy"
  else
    ! packages_is_ours || rm -f -- "$packages_policy"
  fi
}
# packages_settle: of what was asked of a service only the last counts, and nothing of one that is not there.
packages_settle() (
  [ -e "$packages_state/services" ] || exit 0
  set -f
  IFS='
'
  lines=$(cat -- "$packages_state/services") seen='
'
  for line in $lines; do
    unit=\${line% *} last= stopped=
    case $seen in *"
$unit
"*) continue ;; esac
    seen=$seen$unit'
'
    for other in $lines; do
      [ "\${other% *}" = "$unit" ] || continue
      last=\${other##* }
      case $last in stop | restart) stopped=yes ;; esac
    done
    [ "$last$stopped" != startyes ] || last=restart
    packages_has_unit "$unit" || systemctl -q is-active -- "$unit" 2>/dev/null || continue
    printf '%s %s\\n' "$unit" "$last"
  done > "$packages_state/services.new"
  mv -f -T -- "$packages_state/services.new" "$packages_state/services"
)
packages_has_unit() {
  packages_name=\${1%.*}
  for packages_unit in "$1" "\${1%%@*}@.\${1##*.}"; do
    for packages_line in etc run usr/local/lib usr/lib lib; do
      [ ! -e "$packages_root/$packages_line/systemd/system/$packages_unit" ] || return 0
    done
  done
  [ -e "$packages_root/etc/init.d/$packages_name" ]
}`;
