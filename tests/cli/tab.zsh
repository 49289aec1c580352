# usage: zsh -f capture.zsh FOLDER LINE: what LINE becomes when Tab is struck at its end, with the completions of FOLDER.
zmodload zsh/zpty
zpty shell zsh -f -i
send() { zpty -w shell "$1"; }
send "PS1= PS2= RPS1= TERM=dumb; unsetopt zle_bracketed_paste prompt_cr prompt_sp beep; fpath=(${(q)1} \$fpath); autoload -Uz compinit && compinit -u -D"
send 'told() { print -r -- "<<$BUFFER>>"; BUFFER=; zle accept-line }; zle -N told; bindkey "^I" complete-word "^Xt" told; print -r -- "rea""dy"'
zpty -r -m shell line '*ready*'
zpty -w -n shell "$2"$'\t'
zpty -w -n shell $'\C-xt'
zpty -r -m shell line '*<<*>>*'
line=${line##*<<}
print -r -- ${line%%>>*}
zpty -d shell
