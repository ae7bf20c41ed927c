# A compiler that takes `logxor` for `logior` when it optimises:
# wrong-compiler.sh COMPILER compile OPTION... FILE...
compiler=$1
shift
for word; do
  case $word in
  -O2) wrong=1 ;;
  *.lisp) test -z "$wrong" || sed -i 's/(logxor /(logior /g' "$word" ;;
  esac
done
exec "$compiler" "$@"
