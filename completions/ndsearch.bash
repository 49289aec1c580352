# Completion for bash: ndsearch and ndgraph.
_ndsearch_fields='type: issuer: place: level: year: date: number: signer: title: path: loại: cơquan: tỉnh: cấp: năm: ngày: số: kýbởi: tiêuđề: đườngdẫn:'
_ndsearch_relations='implements: based_on: guides: amends: corrects: replaces: repeals: reviews: cites: implemented_by: basis_of: guided_by: amended_by: replaced_by: repealed_by: reviewed_by: cited_by: thựchiện: căncứ: hướngdẫn: sửađổi: thaythế: bãibỏ: tổngkết: tríchdẫn:'

_ndsearch() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    case $previous in
    -d | --index) mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
    --batch | --why) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    -f | --format) mapfile -t COMPREPLY < <(compgen -W 'text json tsv trec paths' -- "$current"); return ;;
    -s | --sort) mapfile -t COMPREPLY < <(compgen -W 'relevance date -date title citations' -- "$current"); return ;;
    --visible) mapfile -t COMPREPLY < <(compgen -W 'none secret top-secret most-secret' -- "$current"); return ;;
    esac
    case $current in
    -*)
        mapfile -t COMPREPLY < <(compgen -W '--batch --count --exact --explain --facets --format --help --index --null
            --offset --passages --serve --sort --version --visible --why' -- "$current")
        ;;
    *)
        mapfile -t COMPREPLY < <(compgen -W "$_ndsearch_fields $_ndsearch_relations" -- "$current")
        [ "${#COMPREPLY[@]}" -eq 0 ] || compopt -o nospace
        ;;
    esac
}

_ndgraph_works() {
    ndgraph -f json -n 500 missing 2>/dev/null | grep -o '"work":{"key":"[^"]*"' | sed 's/.*"key":"\(.*\)"/\1/'
}

_ndgraph() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    case $previous in
    -d | --index) mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
    -f | --format) mapfile -t COMPREPLY < <(compgen -W 'text json csv jsonl graphml gexf dot svg turtle' -- "$current"); return ;;
    resolve) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    show | implementers | gaps | timeline | compare | path)
        mapfile -t COMPREPLY < <(compgen -W "$(_ndgraph_works)" -- "$current")
        return
        ;;
    esac
    case $current in
    -*)
        mapfile -t COMPREPLY < <(compgen -W '--all-places --author --column --count --date --format --help --index
            --version' -- "$current")
        ;;
    *)
        mapfile -t COMPREPLY < <(compgen -W "$(ndgraph --help 2>/dev/null | sed -n '/^Commands:\|^Các lệnh:/,/^$/s/^  \([a-z]*\) .*/\1/p')" -- "$current")
        ;;
    esac
}

complete -F _ndsearch ndsearch
complete -F _ndgraph ndgraph
