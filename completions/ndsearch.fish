# Completion for fish: ndsearch and ndgraph.
set -l names type issuer place level year date number signer title path loại cơquan tỉnh cấp năm ngày số kýbởi tiêuđề \
    đườngdẫn implements based_on guides amends corrects replaces repeals reviews cites implemented_by basis_of guided_by \
    amended_by replaced_by repealed_by reviewed_by cited_by thựchiện căncứ hướngdẫn sửađổi thaythế bãibỏ tổngkết tríchdẫn
complete -c ndsearch -f -a "$names":
complete -c ndsearch -s d -l index -r -d 'the folder of the index'
complete -c ndsearch -s f -l format -x -a 'text json tsv trec paths' -d 'output format'
complete -c ndsearch -s n -l count -x -d 'show N results'
complete -c ndsearch -s p -l passages -x -d 'passages of each document'
complete -c ndsearch -s s -l sort -x -a 'relevance date -date title citations' -d order
complete -c ndsearch -s 0 -l null -d 'end each path in NUL'
complete -c ndsearch -l offset -x -d 'leave out the first N'
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
complete -c ndgraph -s d -l index -r -d 'the folder of the index'
complete -c ndgraph -s f -l format -x -a 'text json csv jsonl graphml gexf dot svg turtle' -d 'output format'
complete -c ndgraph -s n -l count -x -d 'show at most N'
complete -c ndgraph -l all-places -d 'every province'
complete -c ndgraph -l date -x -d 'provinces as on a date'
complete -c ndgraph -l column -x -d 'column of a CSV file'
complete -c ndgraph -l author -x -d 'who decided'
complete -c ndgraph -l help -d 'show the options'
complete -c ndgraph -l version -d 'show the version'
