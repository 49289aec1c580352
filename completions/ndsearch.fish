# Completion for fish: ndsearch and ndgraph.
# What documents have, as ndsearch --complete gives it: fields, values, codes.
function __ndsearch_words --argument-names head
    set -l line (commandline -opc)
    set -l index
    if set -l at (contains -i -- -d $line)
        set index -d $line[(math $at + 1)]
    end
    set -l word (string replace -r '.*[ "\'(]' '' -- (commandline -ct))
    ndsearch $index --complete "$head$word" 2>/dev/null | string replace -- "$head" ''
end
complete -c ndsearch -f -a '(__ndsearch_words)'
complete -c ndsearch -s d -l index -r -d 'the folder of the index'
complete -c ndsearch -s f -l format -x -a 'text json tsv trec paths' -d 'output format'
complete -c ndsearch -s n -l count -x -d 'show N results'
complete -c ndsearch -s p -l passages -x -d 'passages of each document'
complete -c ndsearch -s s -l sort -x -a 'relevance date -date title citations' -d order
complete -c ndsearch -s 0 -l null -d 'end each path in NUL'
complete -c ndsearch -l offset -x -d 'leave out the first N'
complete -c ndsearch -l every-file -d 'each file by itself'
complete -c ndsearch -l until -x -d 'leave out what came later'
complete -c ndsearch -l facets -d 'count by field'
complete -c ndsearch -l exact -d 'count all matches'
complete -c ndsearch -l batch -r -d 'answer each line of a file'
complete -c ndsearch -l why -r -d 'why a file is found or not'
complete -c ndsearch -l visible -x -a 'none secret top-secret most-secret' -d 'secrecy stamp'
complete -c ndsearch -l explain -d 'how it was understood'
complete -c ndsearch -l serve -d 'show the pages to a browser'
complete -c ndsearch -l help -d 'show the options'
complete -c ndsearch -l version -d 'show the version'

complete -c ndgraph -n __fish_use_subcommand -f \
    -a "(ndgraph --help 2>/dev/null | sed -n '/^Commands:\|^Các lệnh:/,/^\$/s/^  \([a-z]*\) .*/\1/p')"
complete -c ndgraph -n '__fish_seen_subcommand_from show implementers gaps timeline compare path' -f -a '(__ndsearch_words cites:)'
complete -c ndgraph -l visible -x -a 'none secret top-secret most-secret' -d 'secrecy stamp'
complete -c ndgraph -s d -l index -r -d 'the folder of the index'
complete -c ndgraph -s f -l format -x -a 'text json csv jsonl graphml gexf dot svg png turtle' -d 'output format'
complete -c ndgraph -s n -l count -x -d 'show at most N'
complete -c ndgraph -l all-places -d 'every province'
complete -c ndgraph -l date -x -d 'provinces as on a date'
complete -c ndgraph -l column -x -d 'column of a CSV file'
complete -c ndgraph -l author -x -d 'who decided'
complete -c ndgraph -l help -d 'show the options'
complete -c ndgraph -l version -d 'show the version'
