#!/bin/sh
# Fetches jieba's word list from Debian's package and packs it into ../dict.gz.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download python3-jieba
dpkg-deb -x python3-jieba_*.deb jieba
cd "$here/../../.."
go run ./internal/zh/gen -out internal/zh/dict.gz "$work/jieba/usr/lib/python3/dist-packages/jieba/dict.txt"
