# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Builds a kernel from Debian's source, tinyconfig and fragments; for scripts
# that have sourced lib.sh. What is built is in build/kernels/NAME, and is built
# again when the configuration, the source or the compiler changes.
#
#   kernel_build NAME ARCH FRAGMENT...	if need be, calls the script's own
#					`compile`, in which there are
#   kernel_configure NAME		which every `compile` begins with, and
#   kernel_make ARGUMENT...		make, in build/kernels/NAME/build

# shellcheck disable=SC2154 # of lib.sh
package=linux-source-6.1
tree=$build/kernels/$package

# Everything that the result depends on.
kernel_stamp()
{
	dpkg-query -W -f '${Package} ${Version}\n' "$package"
	gcc --version | head -n 1
	cat "${fragments[@]}" "$0" "${BASH_SOURCE[0]}" | sha256sum
}

# Runs for several kernels may come at the same time, and share the source.
kernel_unpack()
{
	local lock version

	version=$(dpkg-query -W -f '${Version}' "$package")
	exec {lock}>"$tree.lock"
	flock -w 900 "$lock" || die "another run has been unpacking for 15 minutes"
	if [[ $(cat "$tree/.version-unpacked" 2>/dev/null) != "$version" ]]; then
		rm -rf "$tree"
		mkdir -p "$tree"
		tar -xf "/usr/src/$package.tar.xz" -C "$tree" --strip-components=1
		# As Linux 6.2 has it. The reason was that stacks could not be
		# trusted; with frame pointers they can.
		sed -i '/^config FAULT_INJECTION_STACKTRACE_FILTER/,/^config /{
			/depends on !X86_64/d }' "$tree/lib/Kconfig.debug"
		echo "$version" >"$tree/.version-unpacked"
	fi
	exec {lock}>&-
}

# What is asked for and not granted would be missed in silence.
kernel_check_config()
{
	local option value

	while IFS='=' read -r option value; do
		if [[ $value == n ]]; then
			! grep -q "^$option=" "$1"
		else
			grep -qxF "$option=$value" "$1"
		fi || die "$option=$value: the kernel does not take it"
	done < <(grep -h '^CONFIG_' "${fragments[@]}")
}

kernel_make()
{
	make -s -C "$tree" O="$cache/build" ARCH="$arch" "$@" >>"$log" 2>&1
}

kernel_configure()
{
	rm -rf "$cache"
	mkdir -p "$cache"/{boot,build}
	kernel_make tinyconfig
	cat "${fragments[@]}" >>"$cache/build/.config"
	echo "CONFIG_LOCALVERSION=\"-$1\"" >>"$cache/build/.config"
	kernel_make olddefconfig
	kernel_check_config "$cache/build/.config"
}

# Modules and headers for them; not what the kernel is made of.
kernel_install_modules()
{
	release=$(make -s -C "$tree" O="$cache/build" ARCH="$arch" kernelrelease)
	kernel_make modules_install INSTALL_MOD_PATH="$cache" INSTALL_MOD_STRIP=1
	rm -f "$cache/lib/modules/$release"/{build,source}
	mkdir -p "$cache/lib/modules/$release/kernel"
	echo "$release" >"$cache/release"
	find "$cache/build" -name '*.o' -not -path '*/scripts/*' \
		-not -path '*/tools/*' -not -name module.lds -delete
	rm -f "$cache"/build/vmlinux{,.a}
}

kernel_build()
{
	local name=$1 stamp lock

	arch=$2 fragments=("${@:3}")
	cache=$build/kernels/$name log=$build/kernels/$name.log
	need "$package" build-essential flex bison bc libelf-dev xz-utils kmod
	mkdir -p "$build/kernels"
	exec {lock}>"$cache.lock"
	flock -w 7200 "$lock" ||
		die "another run has been building $name for two hours"
	stamp=$(kernel_stamp)
	if [[ $(cat "$cache/stamp" 2>/dev/null) != "$stamp" ]]; then
		say "building the kernel $name, which takes a while"
		: >"$log"
		trap 'tail -n 30 "$log" >&2; say "the kernel '"$name"' cannot be built"' EXIT
		kernel_unpack
		compile
		trap - EXIT
		printf '%s\n' "$stamp" >"$cache/stamp"
	fi
	exec {lock}>&-
}
