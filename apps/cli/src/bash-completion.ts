/**
 * What makes bash complete. It needs nothing but bash, and can be read twice; @bomb.sh/tab's own needs the package
 * bash-completion, and runs what is typed. Bash takes words apart at `=` and `:`, so they are put together again.
 */
export const BASH_COMPLETION = String.raw`# bash completion for fmtc
__fmtc_complete() {
    local line=\${COMP_LINE:0:COMP_POINT} words=() n=0 i word
    for (( i = 0; i <= COMP_CWORD; i++ )); do
        word=\${COMP_WORDS[i]}
        if (( i > 0 )) && [[ $line != [[:space:]]* ]]; then
            (( n-- ))
        else
            words[n]=
        fi
        line=\${line#"\${line%%[![:space:]]*}"}
        # The last word ends where the cursor is.
        if (( i == COMP_CWORD )); then word=$line; fi
        line=\${line#"$word"}
        words[n]+=$word
        (( n++ ))
    done

    local current=\${words[n-1]}
    for (( i = 1; i < n; i++ )); do
        word=\${words[i]//[\"\'\\]/}
        [[ $word == '~/'* ]] && word=$HOME/\${word:2}
        words[i]=$word
    done

    local out value
    out=$(fmtc complete -- "\${words[@]:1}" 2>/dev/null)
    COMPREPLY=()
    # Only where the answer is :0 files are wanted, too.
    if [[ \${out##*$'\n'} != :0 ]]; then compopt +o default 2>/dev/null; fi
    # What bash takes for the word begins behind the last = or colon.
    [[ $current == -*=* ]] && current=\${current#*=}
    local before= quote=%q
    if [[ $current == [\"\']* ]]; then
        quote=%s
    elif [[ $COMP_WORDBREAKS == *:* && $current == *:* ]]; then
        before=\${current%:*}:
    fi
    while IFS=$'\t' read -r value _; do
        [[ $value == :* || -z $value ]] || COMPREPLY+=("$(printf "$quote" "\${value#"$before"}")")
    done <<< "$out"
}
complete -o default -F __fmtc_complete fmtc`.replaceAll("\\${", "${");
