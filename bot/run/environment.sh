#!/bin/sh
# Makes the virtual environment given as $1 from requirements.lock. Called by the Makefile.
# Any obstacle ends in one sentence, Thai and English, that says what to do.
set -eu
venv=$1

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

is_python_310() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1
}

# A name on the PATH may be a shim that fails, so each candidate is tried by running it.
find_python() {
    for name in ${PYTHON:-} python3.10 python3 python; do
        if is_python_310 "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

if ! is_python_310 "$venv/bin/python"; then
    python=$(find_python) ||
        stop 'ต้องใช้ Python 3.10 แต่ไม่พบในเครื่อง ให้ติดตั้ง (เช่น pyenv install 3.10) แล้วสั่ง make อีกครั้ง หรือระบุ make PYTHON=ที่อยู่ / Python 3.10 was not found: install it (for example: pyenv install 3.10) and run make again, or give make PYTHON=path'
    rm -rf "$venv"
    "$python" -m venv "$venv" ||
        stop 'สร้าง virtual environment ไม่สำเร็จ บน Debian/Ubuntu ให้ติดตั้ง python3.10-venv / The virtual environment could not be made: on Debian and Ubuntu install python3.10-venv'
fi

# durable-rules comes as source with a C extension; everything else has wheels or is plain Python.
if ! "$venv/bin/python" -c 'import durable.engine' >/dev/null 2>&1; then
    command -v "${CC:-cc}" >/dev/null || command -v gcc >/dev/null ||
        stop 'ไม่พบตัวแปลภาษา C (durable-rules ต้องใช้) ให้ติดตั้ง เช่น apt-get install build-essential / No C compiler was found (durable-rules needs one): install it, for example apt-get install build-essential'
    "$venv/bin/python" -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h")))' ||
        stop 'ไม่พบ Python.h (durable-rules ต้องใช้) ให้ติดตั้ง python3.10-dev / Python.h was not found (durable-rules needs it): install python3.10-dev'
fi

log=$venv/install.log
printf '%s\n' 'กำลังติดตั้งแพ็กเกจลงใน .venv ครั้งแรกใช้เวลาไม่กี่นาที / Installing packages into .venv; the first time takes a few minutes' >&2
# The lock names every package, so pip's resolver stays off.
if ! {
    "$venv/bin/python" -m pip install --no-deps --disable-pip-version-check --no-input -r requirements.lock &&
    "$venv/bin/python" -m pip install --no-deps --disable-pip-version-check --no-input --no-build-isolation -e .
} >"$log" 2>&1; then
    grep -E '^ *(ERROR|error):' "$log" | tail -n 3 >&2 || true
    stop "ติดตั้งแพ็กเกจไม่สำเร็จ ตรวจการเชื่อมต่อเครือข่าย แล้วสั่ง make อีกครั้ง รายละเอียดอยู่ใน $log / The packages could not be installed: check the network and run make again; details are in $log"
fi
