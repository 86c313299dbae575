# The guest: a kernel, a few programs and modules in memory, a disk of 4 MiB, two cores. Sourced by run.

# Made once, the same for each boot: programs, the kernel's modules in the order in which they are loaded, the disk.
prepare_guest() {
  guest=$folder/guest
  mkdir -p "$guest"/{bin,proc,sys,dev,tmp,modules/kernel}
  gcc -static -O2 -Wall -Wextra -Werror -pthread "$here"/guest/*.c -o "$guest/bin/check"
  cp "$(command -v busybox)" "$here/guest/init" "$guest/bin/"
  mv "$guest/bin/init" "$guest/init"
  cp "$folder/zone/fakezone.ko" "$guest/modules/"
  if [ -n "$modules" ]; then
    local file number=100
    while read -r file; do
      cp "$file" "$guest/modules/kernel/$((number++))-${file##*/}"
    done < <(/sbin/modprobe -d "$folder/kernel" -S "$release" --show-depends -a virtio_pci virtio_blk dummy |
      awk '/^insmod/ && !seen[$2]++ { print $2 }')
  fi
  # One partition, by hand: type 83, from sector 1 on, 4096 sectors.
  disk=$folder/disk
  truncate -s 4M "$disk"
  printf '\0\0\2\0\x83\0\2\0\1\0\0\0\0\x10\0\0' | dd of="$disk" bs=1 seek=446 conv=notrunc status=none
  printf '\x55\xaa' | dd of="$disk" bs=1 seek=510 conv=notrunc status=none
}

# The reader as a machine without .NET has it, and the libraries of C that it needs.
add_reader() {
  local file
  dotnet publish "$here/Reading" -r linux-x64 -v q --artifacts-path "$folder/artifacts" -o "$folder/reading" >"$folder/reading.log" 2>&1 || { cat "$folder/reading.log"; return 1; }
  cp "$folder/reading/OrleansChat.Reading" "$guest/reader"
  for file in $(ldd "$guest/reader" | grep -o '/[^ ]*'); do
    mkdir -p "$guest${file%/*}"
    cp -L "$file" "$guest$file"
  done
}

# boot DRIVER.KO SECONDS: what the guest says goes to $console. How qemu ends says nothing. The kernel's watchdogs are
# patient, since it is the emulator that stands still where this machine has much to do; and KASAN does not fall silent
# after its first report.
boot() {
  console=$folder/console-$(basename "$(dirname "$1")").txt
  cp "$1" "$guest/modules/chatmetrics.ko"
  (cd "$guest" && find . | cpio -o -H newc --quiet | gzip -1) >"$folder/initrd"
  timeout --kill-after=5 "$2" qemu-system-x86_64 -accel tcg -cpu max -smp 2 -m 768 \
    -nodefaults -display none -no-reboot -serial stdio \
    -kernel "$image" -initrd "$folder/initrd" -append "console=ttyS0 loglevel=1 panic=-1 watchdog_thresh=60 rcupdate.rcu_cpu_stall_timeout=180 kasan_multi_shot" \
    -drive file="$disk",format=raw,if=virtio </dev/null 2>&1 | tr -d '\r' >"$console" || true
}

# verdict: "PASSED FAILED", from the guest's last line; nothing where it did not get there, or where the line and the
# checks above it do not agree.
verdict() {
  local line passed failed
  line=$(sed -nE 's/^== the guest says: ([0-9]+) passed, ([0-9]+) failed ==$/\1 \2/p' "$console")
  read -r passed failed <<<"$line"
  [ -n "${failed:-}" ] && [ "$passed" -eq "$(grep -c '^ok - ' "$console")" ] || return 1
  [ "$failed" -eq "$(grep -c '^not ok - ' "$console")" ] || return 1
  echo "$line"
}
