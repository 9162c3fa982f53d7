#!/usr/bin/env bash
# Compiles and lints every Bicep file; a warning fails like an error. BICEP names another compiler than the Azure CLI's.
set -euo pipefail
cd "$(dirname "$0")/.."
read -r -a bicep <<<"${BICEP:-az bicep}"
file_option=()
if [[ "${bicep[0]}" == az ]]; then file_option=(--file); fi

failed=0
while IFS= read -r file; do
  said=$("${bicep[@]}" lint "${file_option[@]}" "$file" 2>&1) || failed=1
  said=$(grep -E ' : (Error|Warning|Info) ' <<<"$said" || true)
  if [[ -n "$said" ]]; then
    echo "$said"
    failed=1
  fi
done < <(git ls-files 'infra/*.bicep')
exit "$failed"
