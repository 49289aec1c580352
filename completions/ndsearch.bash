# Completion for bash: ndsearch and ndgraph.

# _ndsearch_index [-d DIR]: the index that the line names.
_ndsearch_index() {
    local i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -d | --index) printf '%s\n%s\n' -d "${COMP_WORDS[i + 1]}"; return ;;
        esac
    done
}

# _ndsearch_words PREFIX: fields, values, codes that documents have, as ndsearch --complete gives them. The word is
# taken from the line, since bash parts words at colons; what stands before the last one is not to be given back.
_ndsearch_words() {
    local word=${COMP_LINE:0:COMP_POINT} index
    word=${word##*[ \'\"(]}
    mapfile -t index < <(_ndsearch_index)
    mapfile -t COMPREPLY < <(ndsearch "${index[@]}" --complete "$1$word" 2>/dev/null)
    COMPREPLY=("${COMPREPLY[@]#"$1"}")
    if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
        COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
    fi
    [[ ${COMPREPLY[0]-} != *: ]] || compopt -o nospace 2>/dev/null
}

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
        mapfile -t COMPREPLY < <(compgen -W '--batch --count --every-file --exact --explain --facets --format --help --index --null
            --offset --passages --serve --sort --until --version --visible --why' -- "$current")
        ;;
    *)
        _ndsearch_words ''
        ;;
    esac
}

_ndgraph() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    case $previous in
    -d | --index) mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
    -f | --format) mapfile -t COMPREPLY < <(compgen -W 'text json csv jsonl graphml gexf dot svg png turtle' -- "$current"); return ;;
    resolve) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    show | implementers | gaps | timeline | compare | path)
        _ndsearch_words cites:
        return
        ;;
    esac
    case $current in
    -*)
        mapfile -t COMPREPLY < <(compgen -W '--all-places --author --column --count --date --dry-run --format --help --index
            --version --visible' -- "$current")
        ;;
    *)
        mapfile -t COMPREPLY < <(compgen -W "$(ndgraph --help 2>/dev/null | sed -n '/^Commands:\|^Các lệnh:/,/^$/s/^  \([a-z]*\) .*/\1/p')" -- "$current")
        ;;
    esac
}

complete -F _ndsearch ndsearch
complete -F _ndgraph ndgraph
