# The kernels that the driver is tried with. Each sets: release, image (to boot), headers (to build for), and modules
# (a folder like /lib/modules/RELEASE, empty if all is built in). Sourced by run; all of it stays in $folder.

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

# unpack PACKAGE…: Debian packages, downloaded and unpacked rather than installed: nothing that this machine boots changes.
unpack() {
  (
    mkdir -p "$folder/packages"
    cd "$folder/packages"
    local get=(apt-get download -q -o "APT::Sandbox::User=$(id -un)" "$@")
    "${get[@]}" >apt.log 2>&1 || { as_root apt-get update -qq && "${get[@]}" >apt.log 2>&1; } || { cat apt.log; exit 1; }
    for package in *.deb; do dpkg-deb -x "$package" "$folder/kernel" && rm "$package"; done
  )
}

# depends PACKAGE PATTERN: the package's dependency of such a name.
depends() { apt-cache depends "$1" | sed -nE "s/^ *Depends: ($2)$/\1/p" | head -n 1; }

# Debian's kernel for virtual machines, of the version that is the latest today.
debian_kernel() {
  local root=$folder/kernel kbuild
  release=$(depends linux-image-cloud-amd64 'linux-image-.*-cloud-amd64')
  release=${release#linux-image-}
  [ -n "$release" ] || { echo "apt knows no linux-image-cloud-amd64"; return 1; }
  kbuild=$(depends "linux-headers-$release" 'linux-kbuild-.*')
  unpack "linux-image-$release" "linux-headers-$release" "linux-headers-${release%-cloud-amd64}-common" "$kbuild"
  image=$root/boot/vmlinuz-$release
  headers=$root/usr/src/linux-headers-$release
  modules=$root/lib/modules/$release
  sed -i "s#/usr/src/#$root/usr/src/#" "$headers/Makefile"
  ln -sfn "$headers" "$modules/build"
  /sbin/depmod -b "$root" "$release"
}

# A small kernel of Debian's source that watches memory and locks. It takes some ten minutes of one core, and 3 GB.
watchful_kernel() {
  local source=$folder/kernel/usr/src build=$folder/kernel/build package option
  package=$(depends linux-source 'linux-source-.*')
  # What a folder that stays has already is not built again.
  [ -d "$source/$package" ] || { unpack "$package" && tar -xf "$source/$package.tar.xz" -C "$source"; }
  source=$source/$package
  mkdir -p "$build"
  make -s -C "$source" O="$build" tinyconfig >/dev/null 2>&1
  "$source/scripts/kconfig/merge_config.sh" -m -O "$build" "$build/.config" "$here/kasan.config" >/dev/null 2>&1
  make -s -C "$source" O="$build" olddefconfig 2>/dev/null
  while read -r option; do
    grep -qx "$option" "$build/.config" || { echo "this source has no $option"; return 1; }
  done < <(grep '^CONFIG_' "$here/kasan.config")
  nice -n 19 make -s -C "$build" -j"${JOBS:-1}" bzImage modules
  image=$build/arch/x86/boot/bzImage
  headers=$build
  modules=
  release=$(cat "$build/include/config/kernel.release")
  "$source/scripts/checkpatch.pl" --no-tree --strict --terse --file "$driver"/*.[ch] \
    --ignore LINUX_VERSION_CODE,CONSTANT_COMPARISON
}
