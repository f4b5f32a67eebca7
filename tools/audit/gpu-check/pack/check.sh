#!/bin/sh
# Checks every WebGPU device of this machine with what lies in this folder alone. `check.sh --help` tells the options.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

# The Vulkan loader: the system's own, or the one beside this file where there is none.
if ! { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q 'libvulkan\.so\.1'; then
  echo "check.sh: this machine has no Vulkan loader; using the one in $here/lib" >&2
  LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$here/lib"
  export LD_LIBRARY_PATH
fi

# The loader finds drivers in its usual folders. NVIDIA's may lie elsewhere, in containers above all.
if [ -z "${VK_DRIVER_FILES:-}${VK_ICD_FILENAMES:-}" ]; then
  usual='/usr/share/vulkan/icd.d/nvidia_icd*.json /etc/vulkan/icd.d/nvidia_icd*.json'
  elsewhere='/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd*.json /usr/local/share/vulkan/icd.d/nvidia_icd*.json'
  # shellcheck disable=SC2086
  if ! ls $usual >/dev/null 2>&1; then
    found=$(ls $elsewhere 2>/dev/null | head -n 1 || true)
    if [ -n "$found" ]; then
      echo "check.sh: NVIDIA's Vulkan driver is $found" >&2
      VK_DRIVER_FILES=$found VK_ICD_FILENAMES=$found
      export VK_DRIVER_FILES VK_ICD_FILENAMES
    fi
  fi
fi

exec "$here/bin/node" "$here/node_modules/@strata/audit/dist/gpu-check/main.js" "$@"
