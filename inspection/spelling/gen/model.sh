#!/bin/sh
# Fetches the source package of libime from Debian and makes the data of suspect and
# sound anew:
#
#   inspection/spelling/gen/model.sh LAWS.jsonl.gz FOLDER-OF-CLEAN.TSV
#
# It takes some minutes. The package is declared in docs/decisions/0014. Nothing of
# the machine's package lists is touched.
set -eu
laws=$(realpath "$1")
clean=$(realpath "$2")
here=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
# Where this machine takes its packages from, their sources lie too.
from=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' 'Component: main' 'Label: Debian' | head -1)
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $from main" >"$work/sources.list"
apt="apt-get -q -o Dir::Etc::SourceList=$work/sources.list -o Dir::Etc::SourceParts=/nonexistent -o Dir::State::Lists=$work/lists -o Dir::Cache=$work/cache"
cd "$work"
$apt update
$apt source --download-only libime=1.0.16-1
tar -xf libime_1.0.16.orig.tar.xz
tar -xf libime-1.0.16/data/lm_sc.arpa-20220810.tar.xz
tar -xf libime-1.0.16/data/dict-20220810.tar.xz
cd "$here/inspection/spelling"
go run ./gen -readings "$work/dict_sc.txt" -out sound/data/readings.txt
go run ./gen -arpa "$work/lm_sc.arpa" -out suspect/data "$laws"
go run ./gen -phrases -arpa "$work/lm_sc.arpa" -out suspect/data/phrases.bin "$laws"
go run ./gen -forms -arpa "$work/lm_sc.arpa" -clean "$clean" -out data/forms.tsv "$laws"
go run ./gen -slips -arpa "$work/lm_sc.arpa" -clean "$clean" -out data/slips.tsv "$laws" ${TEXTS:-}
go run ./gen -fit -arpa "$work/lm_sc.arpa" -clean "$clean" -out suspect/data/forest.bin "$laws"
go run ./gen -fit -gaps -arpa "$work/lm_sc.arpa" -clean "$clean" -out suspect/data/gaps.bin "$laws"
