/** Names of packages of Debian 12 that a machine may well be asked to have; none of them excludes another. */
export const names: readonly string[] = `
git nginx-light zsh jq curl vim tmux htop postgresql python3
ripgrep fd-find bat tree rsync wget lsof strace tcpdump nmap
socat netcat-openbsd dnsutils iputils-ping traceroute mtr-tiny iperf3 ethtool iproute2 iptables
nftables openssh-server sudo cron logrotate rsyslog chrony ca-certificates gnupg unzip
zip xz-utils zstd bzip2 pigz file less man-db bash-completion locales
build-essential cmake ninja-build gdb valgrind clang lldb pkg-config autoconf libtool
python3-venv python3-pip python3-requests python3-yaml python3-numpy ruby perl lua5.4 golang-go nodejs
redis-server sqlite3 mariadb-client memcached haproxy squid dnsmasq bind9 unbound fail2ban
restic borgbackup rclone duplicity lvm2 mdadm cryptsetup parted gdisk dosfstools
btrfs-progs xfsprogs smartmontools hdparm nvme-cli pciutils usbutils dmidecode lshw sysstat
iotop iftop nethogs ncdu atop glances screen byobu neovim emacs-nox
nano mc fzf direnv shellcheck pandoc graphviz imagemagick ffmpeg ghostscript
podman buildah skopeo qemu-utils debootstrap squashfs-tools mtools xorriso wireguard-tools openvpn
mosh autossh sshfs cifs-utils nfs-common whois ldnsutils apache2-utils siege entr
`
  .trim()
  .split(/\s+/);
