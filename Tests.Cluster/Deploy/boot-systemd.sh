#!/bin/sh
# Boots systemd as the first process of namespaces and cgroups of its own. It sees a copy of this machine's files, of
# which nothing that it changes comes back; its own few devices; the kernel's settings for reading only; and no other
# units than those it is given. It ends when this process is killed.
#
#   boot-systemd.sh FOLDER FIRST
#
# FOLDER has what is put into the copy: program/ (/opt/orleanschat), settings/ (/etc/orleanschat), units/ (all units that
# there are); and gets root/, the copy. FIRST is the first process: systemd, or a shell to look around.
set -eu
folder=$1 first=$2
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")

while IFS=: read -r _ controllers path; do
  mount=$(awk -v wanted=",$controllers," '
    wanted == ",," ? $(NF-2) == "cgroup2" : $(NF-2) == "cgroup" && index("," $NF ",", wanted) { print $5; exit }' /proc/self/mountinfo)
  [ -n "$mount" ] || continue
  [ -d "$mount$path" ] || path=
  group=$mount$path/chat-test-$$
  mkdir "$group"
  echo $$ >"$group/cgroup.procs" 2>/dev/null || rmdir "$group"
done </proc/self/cgroup

mkdir -p "$folder/root"
exec unshare --pid --fork --kill-child --mount --propagation private --cgroup --uts --ipc sh -euc '
  folder=$1 dotnet=$2 first=$3
  root=$folder/root
  mount -t tmpfs tmpfs /mnt
  mkdir /mnt/changes /mnt/work
  mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/changes,workdir=/mnt/work "$root"
  mkdir -p "$root/opt/orleanschat" "$root/opt/dotnet" "$root/etc/orleanschat" "$root/units"
  mount --bind -o ro "$folder/program" "$root/opt/orleanschat"
  mount --bind -o ro "$dotnet" "$root/opt/dotnet"
  cp -r "$folder"/settings/. "$root/etc/orleanschat/"
  cp -r "$folder"/units/. "$root/units/"

  mount -t proc proc "$root/proc"
  mount --bind "$root/proc/sys" "$root/proc/sys"
  mount -o remount,bind,ro "$root/proc/sys"
  mount -t tmpfs tmpfs "$root/run"
  mount -t tmpfs tmpfs "$root/tmp"
  mount -t tmpfs tmpfs "$root/var/tmp"
  mount -t tmpfs -o mode=755 tmpfs "$root/dev"
  mkdir "$root/dev/shm"
  for device in null zero full random urandom; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  done
  ln -s /proc/self/fd "$root/dev/fd"

  mount -t sysfs -o ro sysfs "$root/sys"
  if [ -d /sys/fs/cgroup/systemd ]; then
    mount -t tmpfs -o mode=755 tmpfs "$root/sys/fs/cgroup"
    mkdir "$root/sys/fs/cgroup/systemd"
    mount -t cgroup -o none,name=systemd cgroup "$root/sys/fs/cgroup/systemd"
  else
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  fi

  umount -l /mnt
  cd "$root"
  mkdir -p old
  pivot_root . old
  umount -l /old
  mount --make-rshared / # within these namespaces, as systemd has it on a whole machine: credentials come that way
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=chat-tests SYSTEMD_UNIT_PATH=/units \
    setpriv --bounding-set=-sys_module,-sys_boot,-sys_time,-sys_rawio,-mknod,-syslog $first
' sh "$folder" "$dotnet" "$first"
