/** `ldfi completion`: scripts by which shells complete commands and options, made of what the command line describes. */
import type { Command } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type CompletingShell = (typeof SHELLS)[number];

interface Word {
  readonly word: string;
  readonly help: string;
}

/** A command, with its options. */
interface Described extends Word {
  readonly options: readonly Word[];
}

/** @param program with all commands */
export function completionScript(program: Command, shell: CompletingShell): string {
  return SCRIPTS[shell](program.commands.map(described));
}

function described(command: Command): Described {
  const options = command.createHelp().visibleOptions(command);
  return {
    word: command.name(),
    help: command.description(),
    options: options.map(({ long, short, description }) => ({ word: long ?? short!, help: description })),
  };
}

const SCRIPTS: Readonly<Record<CompletingShell, (commands: readonly Described[]) => string>> = {
  bash: (commands) => `# source <(ldfi completion bash)
_ldfi() {
  local word=\${COMP_WORDS[COMP_CWORD]} words=
  if [ "$COMP_CWORD" = 1 ]; then
    words='${wordsOf(commands)}'
  elif [[ $word == -* ]]; then
    case \${COMP_WORDS[1]} in
${commands.map(({ word, options }) => `      ${word}) words='${wordsOf(options)}' ;;`).join('\n')}
    esac
  fi
  # Where there are none, they are files.
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o bashdefault -o default -F _ldfi ldfi
`,
  zsh: (commands) => `#compdef ldfi
# source <(ldfi completion zsh)
_ldfi() {
  local -a known
  if (( CURRENT == 2 )); then
    known=(
${describedInZsh(commands, '      ')}
    )
  elif [[ $PREFIX == -* ]]; then
    case $words[2] in
${commands.map(({ word, options }) => `      ${word}) known=(\n${describedInZsh(options, '        ')}\n      ) ;;`).join('\n')}
    esac
  else
    _files
    return
  fi
  _describe ldfi known
}
compdef _ldfi ldfi
`,
  fish: (commands) => `# ldfi completion fish | source
complete -c ldfi -n __fish_use_subcommand -f
${commands
  .flatMap(({ word, help, options }) => [
    `complete -c ldfi -n __fish_use_subcommand -a ${word} -d ${quoted(help)}`,
    ...options.map(
      (option) =>
        `complete -c ldfi -n '__fish_seen_subcommand_from ${word}' -l ${option.word.slice(2)} -d ${quoted(option.help)}`,
    ),
  ])
  .join('\n')}
`,
};

function wordsOf(words: readonly Word[]): string {
  return words.map(({ word }) => word).join(' ');
}

/** A colon stands between a word and what it means. */
function describedInZsh(words: readonly Word[], margin: string): string {
  return words
    .map(({ word, help }) => `${margin}${quoted(`${word.replaceAll(':', String.raw`\:`)}:${help}`)}`)
    .join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
