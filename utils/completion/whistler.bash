# Completion of Whistler's tools in bash. Written by utils/gen-cli-docs; do not edit.
#
# SPDX-License-Identifier: MIT

__whistler_options() {
  case $1 in
  'whistler') echo "--help --help-list --version" ;;
  'whistler compile') echo "--help --help-list --mlir-elide-elementsattrs-if-larger= --mlir-elide-resource-strings-if-larger= --mlir-output-format= --mlir-pass-pipeline-crash-reproducer= --mlir-pass-pipeline-local-reproducer --mlir-pass-statistics --mlir-pass-statistics-display= --mlir-pretty-debuginfo --mlir-print-debuginfo --mlir-print-elementsattrs-with-hex-if-larger= --mlir-print-ir-after= --mlir-print-ir-after-all --mlir-print-ir-after-change --mlir-print-ir-after-failure --mlir-print-ir-before= --mlir-print-ir-before-all --mlir-print-ir-module-scope --mlir-print-ir-tree-dir= --mlir-print-local-scope --mlir-print-skip-regions --mlir-print-unique-ssa-ids --mlir-print-value-users --mlir-timing --mlir-timing-display= --mlir-use-nameloc-as-prefix --MD --MF= --MT= -O0 -O1 -O2 -Os --backend= --btf= --emit= --emit-bytecode --eval-heap= --eval-timeout= --gen= --gen-name= --mcpu= --min-kernel= --no-ctx-core --no-eval -o --remarks --remarks= --remarks-analysis --remarks-analysis= --remarks-format= --remarks-missed --remarks-missed= --remarks-output= --remarks-passed --remarks-passed= -v" ;;
  'whistler disasm') echo "--help --help-list --mlir-elide-elementsattrs-if-larger= --mlir-elide-resource-strings-if-larger= --mlir-output-format= --mlir-pass-pipeline-crash-reproducer= --mlir-pass-pipeline-local-reproducer --mlir-pass-statistics --mlir-pass-statistics-display= --mlir-pretty-debuginfo --mlir-print-debuginfo --mlir-print-elementsattrs-with-hex-if-larger= --mlir-print-ir-after= --mlir-print-ir-after-all --mlir-print-ir-after-change --mlir-print-ir-after-failure --mlir-print-ir-before= --mlir-print-ir-before-all --mlir-print-ir-module-scope --mlir-print-ir-tree-dir= --mlir-print-local-scope --mlir-print-skip-regions --mlir-print-unique-ssa-ids --mlir-print-value-users --mlir-timing --mlir-timing-display= --mlir-use-nameloc-as-prefix -O0 -O1 -O2 -Os --btf= --eval-heap= --eval-timeout= --mcpu= --min-kernel= --no-ctx-core --no-eval" ;;
  'whistler doctor') echo "--help --help-list" ;;
  'whistler repl') echo "--help --help-list -O0 -O1 -O2 -Os --btf= --eval-heap= --eval-timeout= --mcpu= --min-kernel= --no-ctx-core --no-eval" ;;
  'whistler-opt') echo "--color --allow-unregistered-dialect --disable-i2p-p2i-opt --dump-pass-pipeline --elide-all-zero-branch-weights --elide-resource-data-from-bytecode --emit-bytecode --emit-bytecode-version= --irdl-file= --list-passes --load-dialect-plugin= --load-pass-plugin= --log-actions-to= --log-mlir-actions-filter= --mlir-debug-counter= --mlir-diagnostic-verbosity-level= --mlir-disable-diagnostic-notes --mlir-disable-threading --mlir-elide-elementsattrs-if-larger= --mlir-elide-resource-strings-if-larger= --mlir-enable-debugger-hook --mlir-generate-reproducer= --mlir-output-format= --mlir-pass-pipeline-crash-reproducer= --mlir-pass-pipeline-local-reproducer --mlir-pass-statistics --mlir-pass-statistics-display= --mlir-pretty-debuginfo --mlir-print-debug-counter --mlir-print-debuginfo --mlir-print-elementsattrs-with-hex-if-larger= --mlir-print-ir-after= --mlir-print-ir-after-all --mlir-print-ir-after-change --mlir-print-ir-after-failure --mlir-print-ir-before= --mlir-print-ir-before-all --mlir-print-ir-module-scope --mlir-print-ir-tree-dir= --mlir-print-local-scope --mlir-print-op-on-diagnostic --mlir-print-skip-regions --mlir-print-stacktrace-on-diagnostic --mlir-print-unique-ssa-ids --mlir-print-value-users --mlir-timing --mlir-timing-display= --mlir-use-nameloc-as-prefix --mlir-very-unsafe-disable-verifier-on-parsing --no-implicit-module -o --output-split-marker= --pass-pipeline= --profile-actions-to= --run-reproducer --show-dialects --split-input-file --split-input-file= --verify-diagnostics --verify-diagnostics= --verify-each --verify-roundtrip --arith-emulate-unsupported-floats --arith-emulate-wide-int --arith-expand --arith-int-range-narrowing --arith-unsigned-when-equivalent --bpf-allocate-registers --bpf-check-calls --bpf-forward-spills --bpf-hoist-constants --bpf-hoist-stores --bpf-layout-blocks --bpf-layout-frame --bpf-lower-parallel-moves --bpf-merge-tails --bpf-peephole --bpf-reload-stored --bpf-repeat-constants --bpf-report-size --bpf-reuse-tested --bpf-share-constants --bpf-share-slots --bpf-sink-constants --bpf-sink-results --bpf-two-address --bpf-verify --bubble-down-memory-space-casts --canonicalize --composite-fixed-point-pass --control-flow-sink --convert-whistler-to-bpf --convert-whistler-to-llvm --cse --generate-runtime-verification --inline --int-range-optimizations --loop-invariant-code-motion --loop-invariant-subset-hoisting --mem2reg --print-ir --print-op-stats --remove-dead-values --sccp --snapshot-op-locations --sroa --strip-debuginfo --symbol-dce --symbol-privatize --test-strip-trace --topological-sort --view-op-graph --whistler-atomics --whistler-bitmask-fusion --whistler-bound-indices --whistler-branch-threading --whistler-byteswap-folding --whistler-canonicalize --whistler-check-accesses --whistler-check-indices --whistler-check-kernel --whistler-checksum-folding --whistler-dead-stores --whistler-decide-values --whistler-edge-stores --whistler-expand-map-adds --whistler-expand-ops --whistler-inline-functions --whistler-integer-ranges --whistler-keep-correlations --whistler-key-slots --whistler-load-hoisting --whistler-lookup-delete-fusion --whistler-merge-comparisons --whistler-merge-load-bytes --whistler-merge-offsets --whistler-merge-stores --whistler-narrow --whistler-narrow-variables --whistler-null-check-elision --whistler-offset-folding --whistler-order-tests --whistler-promote-variables --whistler-share-adds --whistler-share-loads --whistler-share-lookups --whistler-shifted-stores --whistler-sink-values --whistler-tail-merging --whistler-unroll-loops --whistler-verify-safety --bpf-codegen --whistler-O0 --whistler-O1 --whistler-O2 --whistler-Os --whistler-to-bpf --whistler-to-llvm --help --help-list --version --remark-format= --remark-policy= --remarks-filter= --remarks-filter-analyse= --remarks-filter-failed= --remarks-filter-missed= --remarks-filter-passed= --remarks-output-file=" ;;
  'whistler-translate') echo "--color --allow-unregistered-dialect --btf= --cfg-hide-cold-paths= --cfg-hide-deoptimize-paths --cfg-hide-unreachable-paths --disable-auto-upgrade-debug-info --disable-i2p-p2i-opt --dot-cfg-mssa= --elide-all-zero-branch-weights --emit-asm --emit-btf --emit-elf --emit-header --emit-llvm --import-whistler --enable-name-compression --enable-vtable-profile-use --enable-vtable-value-profiling --error-diagnostics-only --generate-merged-base-profiles --header-language= --header-name= --mcpu= --min-kernel= --mlir-disable-threading --mlir-elide-elementsattrs-if-larger= --mlir-elide-resource-strings-if-larger= --mlir-output-format= --mlir-pretty-debuginfo --mlir-print-debuginfo --mlir-print-elementsattrs-with-hex-if-larger= --mlir-print-local-scope --mlir-print-op-on-diagnostic --mlir-print-skip-regions --mlir-print-stacktrace-on-diagnostic --mlir-print-unique-ssa-ids --mlir-print-value-users --mlir-timing --mlir-timing-display= --mlir-use-nameloc-as-prefix --no-ctx-core --no-implicit-module -o --object-size-offset-visitor-max-visit-instructions= --output-split-marker= --split-input-file --split-input-file= --verify-diagnostics --verify-diagnostics= --help --help-list --version" ;;
  'whistler-run') echo "--help --help-list --version --ctx= --packet= --profile --program= --repeat= --serve --steps= --uninitialised" ;;
  'whistler-reduce') echo "--pass-pipeline= --arith-emulate-unsupported-floats --arith-emulate-wide-int --arith-expand --arith-int-range-narrowing --arith-unsigned-when-equivalent --bpf-allocate-registers --bpf-check-calls --bpf-forward-spills --bpf-hoist-constants --bpf-hoist-stores --bpf-layout-blocks --bpf-layout-frame --bpf-lower-parallel-moves --bpf-merge-tails --bpf-peephole --bpf-reload-stored --bpf-repeat-constants --bpf-report-size --bpf-reuse-tested --bpf-share-constants --bpf-share-slots --bpf-sink-constants --bpf-sink-results --bpf-two-address --bpf-verify --bubble-down-memory-space-casts --canonicalize --composite-fixed-point-pass --control-flow-sink --convert-whistler-to-bpf --convert-whistler-to-llvm --cse --generate-runtime-verification --inline --int-range-optimizations --loop-invariant-code-motion --loop-invariant-subset-hoisting --mem2reg --opt-reduction-pass --print-ir --print-op-stats --reduction-tree --remove-dead-values --sccp --snapshot-op-locations --sroa --strip-debuginfo --symbol-dce --symbol-privatize --topological-sort --view-op-graph --whistler-atomics --whistler-bitmask-fusion --whistler-bound-indices --whistler-branch-threading --whistler-byteswap-folding --whistler-canonicalize --whistler-check-accesses --whistler-check-indices --whistler-check-kernel --whistler-checksum-folding --whistler-dead-stores --whistler-decide-values --whistler-edge-stores --whistler-expand-map-adds --whistler-expand-ops --whistler-inline-functions --whistler-integer-ranges --whistler-keep-correlations --whistler-key-slots --whistler-load-hoisting --whistler-lookup-delete-fusion --whistler-merge-comparisons --whistler-merge-load-bytes --whistler-merge-offsets --whistler-merge-stores --whistler-narrow --whistler-narrow-variables --whistler-null-check-elision --whistler-offset-folding --whistler-order-tests --whistler-promote-variables --whistler-share-adds --whistler-share-loads --whistler-share-lookups --whistler-shifted-stores --whistler-sink-values --whistler-tail-merging --whistler-unroll-loops --whistler-verify-safety --bpf-codegen --whistler-O0 --whistler-O1 --whistler-O2 --whistler-Os --whistler-to-bpf --whistler-to-llvm --help --help-list --version -o" ;;
  'whistler-lsp-server') echo "--color --disable-i2p-p2i-opt --elide-all-zero-branch-weights --lit-test --log= --pretty --help --help-list --version" ;;
  esac
}

__whistler_values() {
  case $1:$2 in
  'whistler compile:--mlir-output-format') echo "text json" ;;
  'whistler compile:--mlir-pass-statistics-display') echo "list pipeline" ;;
  'whistler compile:--mlir-timing-display') echo "list tree" ;;
  'whistler compile:--MF') echo "FILE" ;;
  'whistler compile:-O') echo "0 1 2 s" ;;
  'whistler compile:--backend') echo "whistler llvm" ;;
  'whistler compile:--btf') echo "FILE" ;;
  'whistler compile:--emit') echo "elf asm btf whistler-import whistler mlirbc bpf-isel bpf-regalloc bpf llvm" ;;
  'whistler compile:--gen') echo "c,go,rust,python,lisp,all" ;;
  'whistler compile:--mcpu') echo "v1 v2 v3 v4" ;;
  'whistler compile:--min-kernel') echo "5.4 5.10 5.15 6.1 6.6 6.12" ;;
  'whistler compile:--remarks-format') echo "yaml bitstream" ;;
  'whistler compile:--remarks-output') echo "FILE" ;;
  'whistler disasm:--mlir-output-format') echo "text json" ;;
  'whistler disasm:--mlir-pass-statistics-display') echo "list pipeline" ;;
  'whistler disasm:--mlir-timing-display') echo "list tree" ;;
  'whistler disasm:-O') echo "0 1 2 s" ;;
  'whistler disasm:--btf') echo "FILE" ;;
  'whistler disasm:--mcpu') echo "v1 v2 v3 v4" ;;
  'whistler disasm:--min-kernel') echo "5.4 5.10 5.15 6.1 6.6 6.12" ;;
  'whistler repl:-O') echo "0 1 2 s" ;;
  'whistler repl:--btf') echo "FILE" ;;
  'whistler repl:--mcpu') echo "v1 v2 v3 v4" ;;
  'whistler repl:--min-kernel') echo "5.4 5.10 5.15 6.1 6.6 6.12" ;;
  'whistler-opt:--irdl-file') echo "FILE" ;;
  'whistler-opt:--mlir-diagnostic-verbosity-level') echo "errors warnings remarks" ;;
  'whistler-opt:--mlir-generate-reproducer') echo "FILE" ;;
  'whistler-opt:--mlir-output-format') echo "text json" ;;
  'whistler-opt:--mlir-pass-statistics-display') echo "list pipeline" ;;
  'whistler-opt:--mlir-timing-display') echo "list tree" ;;
  'whistler-opt:--verify-diagnostics') echo "all only-expected" ;;
  'whistler-opt:--remark-format') echo "emitRemark yaml bitstream" ;;
  'whistler-opt:--remark-policy') echo "all final" ;;
  'whistler-translate:--btf') echo "FILE" ;;
  'whistler-translate:--header-language') echo "c go rust python lisp" ;;
  'whistler-translate:--mcpu') echo "v1 v2 v3 v4" ;;
  'whistler-translate:--min-kernel') echo "5.4 5.10 5.15 6.1 6.6 6.12" ;;
  'whistler-translate:--mlir-output-format') echo "text json" ;;
  'whistler-translate:--mlir-timing-display') echo "list tree" ;;
  'whistler-translate:--verify-diagnostics') echo "all only-expected" ;;
  'whistler-lsp-server:--log') echo "error info verbose" ;;
  esac
}

# Completes files with one of some endings, and folders.
__whistler_files() {
  local current=$1 ending
  shift
  compopt -o filenames 2>/dev/null
  if (($# == 0)); then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    return
  fi
  mapfile -t COMPREPLY < <(
    compgen -d -- "$current"
    for ending; do compgen -f -X "!*.$ending" -- "$current"; done
  )
}

# Completes words; one that ends in = is followed by its value at once.
__whistler_words() {
  mapfile -t COMPREPLY < <(compgen -W "$2" -- "$1")
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null
  fi
}

# Completes the value of an option.
__whistler_value() {
  local command=$1 option=$2 current=$3 values before=
  values=$(__whistler_values "$command" "$option")
  # Of a list, the last element is being written.
  if [[ $values == *,* && $current == *,* ]]; then
    before=${current%,*},
    current=${current##*,}
  fi
  case $values in
  FILE) __whistler_files "$current" ;;
  *) mapfile -t COMPREPLY < <(compgen -P "$before" -W "${values//,/ }" -- "$current") ;;
  esac
}

__whistler_complete() {
  local line=${COMP_LINE:0:COMP_POINT} command=$1 current word
  current=${line##*[[:space:]]}
  if [[ $command == whistler ]]; then
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
      case $word in
      compile | disasm | doctor | repl) command="whistler $word"; break ;;
      esac
    done
  fi
  COMPREPLY=()
  local previous=
  ((COMP_CWORD > 0)) && previous=${COMP_WORDS[COMP_CWORD-1]}
  if [[ $current == --*=* ]]; then
    __whistler_value "$command" "${current%%=*}" "${current#*=}"
    # Where = ends a word, what is in front of it is there already.
    if [[ $COMP_WORDBREAKS != *=* ]]; then
      COMPREPLY=("${COMPREPLY[@]/#/${current%%=*}=}")
    fi
  elif [[ $previous == -o ]]; then
    __whistler_files "$current"
  elif [[ $current == -* ]]; then
    __whistler_words "$current" "$(__whistler_options "$command")"
  elif [[ $command == whistler ]]; then
    __whistler_words "$current" "compile disasm doctor repl"
  else
    case $command in
    'whistler compile') __whistler_files "$current" lisp ;;
    'whistler disasm') __whistler_files "$current" lisp ;;
    'whistler-opt') __whistler_files "$current" mlir mlirbc ;;
    'whistler-reduce') __whistler_files "$current" mlir mlirbc ;;
    'whistler-run') __whistler_files "$current" o ;;
    'whistler-translate') __whistler_files "$current" lisp mlir mlirbc ;;
    esac
  fi
}

complete -F __whistler_complete whistler
complete -F __whistler_complete whistler-lsp-server
complete -F __whistler_complete whistler-opt
complete -F __whistler_complete whistler-reduce
complete -F __whistler_complete whistler-run
complete -F __whistler_complete whistler-translate
