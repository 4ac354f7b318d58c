# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Completion for nvsw, which knows itself what may come next.

_nvsw()
{
	local line=${COMP_LINE:0:COMP_POINT} words word

	# Not COMP_WORDS: bash breaks an address at its colons.
	read -ra words <<<"$line"
	[[ $line != *[[:space:]] ]] || words+=('')
	COMPREPLY=()
	while IFS= read -r word; do
		COMPREPLY+=("$(printf %q "$word")")
	done < <("${words[0]}" --complete "${words[@]:1}" 2>/dev/null)
}
complete -o default -F _nvsw nvsw
