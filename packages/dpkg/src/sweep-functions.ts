/** Function that removes what a kill left beside the files of packages that came to be nothing. */
export const sweepFunctions: string = `
# packages_sweep ROOT FILES: dpkg forgets what it had begun to unpack of a package that it never knew.
packages_sweep() {
  for deb in "$2"/*.deb; do
    [ -e "$deb" ] || continue
    dpkg-deb --fsys-tarfile "$deb" 2>/dev/null | tar -tf - 2>/dev/null | while IFS= read -r path; do
      for left in "$1/\${path#./}.dpkg-new" "$1/\${path#./}.dpkg-tmp"; do
        if [ -e "$left" ] || [ -L "$left" ]; then rm -rf -- "$left"; fi
      done
    done
  done
  rm -f -- "$1"/var/lib/apt/extended_states.??????
}
`.trim();
