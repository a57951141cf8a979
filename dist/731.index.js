export const id = 731;
export const ids = [731];
export const modules = {

/***/ 1731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cli: () => (/* binding */ cli)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/actions/masking.js
var masking = __webpack_require__(4952);
// EXTERNAL MODULE: ./build/actions/run-step.js
var run_step = __webpack_require__(3808);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/actions/terminal/style.js

function styleFor(stream, env) {
    const isColoured = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
    return (format, text) => isColoured && text !== '' ? (0,external_node_util_.styleText)(format, text, { validateStream: false }) : text;
}

// EXTERNAL MODULE: ./build/actions/sanitise.js
var sanitise = __webpack_require__(3736);
// EXTERNAL MODULE: ./build/actions/markdown.js + 1 modules
var markdown = __webpack_require__(8544);
;// CONCATENATED MODULE: ./build/actions/terminal/plain-text.js



const INDENT = '  ';
const UNCUT = Number.POSITIVE_INFINITY;
const NO_BREAK = '\u00a0';
function renderPlainText(blocks, style) {
    const sections = blocks.map((block) => renderBlock(block, style)).filter((lines) => lines.length > 0);
    return sections.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}
function renderBlock(block, style) {
    switch (block.kind) {
        case 'heading':
            return hanging('', linesOf(block.text)).map((line) => style('bold', line));
        case 'paragraph':
            return hanging('', linesOf(block.text)).filter((line) => line !== '');
        case 'rows':
            return renderRows(block.header, block.rows).map((line, index) => index === 0 && block.header ? style('bold', line) : line);
        case 'list':
            return block.items.flatMap((item) => hanging('- ', linesOf(item)));
        case 'details': {
            const lines = renderPlainText(block.blocks, style);
            return lines.length === 0 ? [] : [style('bold', oneLine(block.title)), ...lines.map(indented)];
        }
        case 'code':
            return block.lines.map((line) => indented(codeLine(oneLine(line), block.language, style)));
        case 'chart':
            return renderRows(undefined, block.bars.map(({ name, label }) => [name, label].map((each) => [each].flat())));
    }
}
const CHANGE_COLOURS = { '+': 'green', '-': 'red', '~': 'yellow' };
function codeLine(line, language, style) {
    const colour = language === 'diff' ? CHANGE_COLOURS[line.charAt(0)] : undefined;
    return colour ? style(colour, line) : line;
}
function renderRows(header, rows) {
    if (rows.length === 0 && header === undefined)
        return [];
    const table = [...(header ? [header] : []), ...rows].map((cells) => cells.map(oneLine));
    const widths = table[0]?.map((_, column) => Math.max(...table.map((cells) => widthOf(cells[column] ?? ''))));
    return table.map((cells) => cells
        .map((cell, column) => cell + ' '.repeat((widths?.[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd());
}
const widthOf = (text) => [...text].length;
const hanging = (mark, lines) => lines.map((line, index) => (index === 0 ? mark : INDENT) + line);
const indented = (line) => (line === '' ? '' : INDENT + line);
const oneLine = (text) => linesOf(text).join(', ');
function linesOf(text) {
    const whole = (0,markdown/* spansOf */.L)(text, sanitise/* MAX_TEXT_LENGTH */.Gt)
        .map((span) => {
        const url = span.kind === 'link' ? (0,sanitise/* cut */.Jj)((0,masking/* withoutSecrets */.cT)(span.url), sanitise/* MAX_TEXT_LENGTH */.Gt) : '';
        return url === '' || span.text.includes(url) ? span.text : `${span.text} <${url}>`;
    })
        .join('');
    return whole.split(/\r?\n/).map((line) => (0,sanitise/* visible */.RK)(line, UNCUT).replaceAll(NO_BREAK, ' '));
}

;// CONCATENATED MODULE: ./build/actions/terminal/terminal-report.js



function terminalReport({ answer, aside, style, inFlags }) {
    const tell = (text) => {
        for (const line of harmlessLines(inFlags(text)))
            aside(line);
    };
    const titled = (colour, title, message) => {
        const [first = '', ...others] = harmlessLines(inFlags(message));
        aside(`${style.aside(colour, `${harmlessLines(title).join(' ')}:`)} ${first}`);
        for (const line of others)
            aside(line);
    };
    return {
        info: tell,
        group(title, lines) {
            tell(title);
            for (const line of lines)
                tell(`  ${line}`);
        },
        notice: (title, message) => titled('cyan', title, message),
        warning: (title, message) => titled('yellow', `Warning: ${title}`, message),
        async summary(blocks) {
            for (const line of renderPlainText(blocks, style.answer))
                answer(inFlags(line));
        },
    };
}
function harmlessLines(text) {
    return (0,masking/* withoutSecrets */.cT)(text)
        .split(/\r?\n/)
        .map((line, index) => (index === 0 ? '' : '  ') + (0,sanitise/* visible */.RK)(line));
}

;// CONCATENATED MODULE: ./build/actions/terminal/terminal-runner.js
function terminalRunner() {
    const outputs = new Map();
    return {
        outputs,
        saveRunState: () => { },
        setOutput: (name, value) => {
            outputs.set(name, value);
        },
        exportVariable: () => { },
    };
}

// EXTERNAL MODULE: ./build/config/attributes.js
var attributes = __webpack_require__(3026);
;// CONCATENATED MODULE: ./build/config/command-line/flags.js

const LINES = ['backend config', 'globs', 'programs', 'snapshots', 'unheld'];
const isGivenInLines = ({ type }) => LINES.includes(type);
const isOfJob = (name, { expression }) => expression !== undefined || name === 'oidc_role_arn';
const flagOf = (name) => `--${name.replaceAll('_', '-')}`;
function flagsOf(command) {
    return attributes/* TOPICS */.pO.flatMap(({ title, inputs }) => Object.entries(inputs)
        .filter(([name, row]) => row.actions.includes(command) && !row.secret && !isOfJob(name, row))
        .map(([name, row]) => ({ flag: flagOf(name), name, row, topic: title })));
}
function secretFlagsOf(command) {
    return Object.entries((0,attributes/* inputsOf */.Vc)(command))
        .filter(([name, row]) => row.secret && !isOfJob(name, row))
        .map(([name, { environment = [] }]) => ({
        flag: flagOf(name),
        name,
        variables: environment.length > 0 ? environment : [ownVariable(name)],
        isOurs: environment.length === 0,
    }));
}
const ownVariable = (name) => `LOCKKEEPER_${name.toUpperCase()}`;
function valueWords({ row }) {
    if (row.type === 'boolean')
        return undefined;
    const choices = row.choices?.join('|');
    return choices !== undefined && choices.length <= LONGEST_CHOICES
        ? choices
        : (VALUE_WORDS[row.type] ?? row.type);
}
const LONGEST_CHOICES = 40;
const VALUE_WORDS = {
    'backend config': 'file|name=value',
    globs: 'key',
    programs: 'name',
    snapshots: 'from..to',
    unheld: 'bucket/path',
    'whole number': 'number',
};
function inFlags(sentence, flags) {
    const names = new Set(flags.map(({ name }) => name));
    const asFlag = (whole, name) => (names.has(name) ? flagOf(name) : whole);
    const asGiven = (whole, name, value) => {
        const flag = flags.find((each) => each.name === name);
        return flag ? givenAs(flag, value) : whole;
    };
    return sentence
        .replaceAll(/\b[Ii]nput "(\w+)"/g, asFlag)
        .replaceAll(/(?<!\\)"(\w+): ([\w./:@+=-]+)"/g, asGiven);
}
function givenAs({ flag, row }, value) {
    if (row.type !== 'boolean')
        return `${flag} ${value}`;
    return value === 'true' ? flag : `--no-${flag.slice('--'.length)}`;
}

// EXTERNAL MODULE: ./build/config/quoting.js
var quoting = __webpack_require__(844);
// EXTERNAL MODULE: ./build/names/documentation.js
var documentation = __webpack_require__(6973);
;// CONCATENATED MODULE: ./build/commands/cli/help.js



const WIDTH = 80;
const help_INDENT = '  ';
const DEEPER = '      ';
const COMMANDS = {
    inspect: 'who holds the lock, how the state stands, which snapshots there are; compares two of them',
    backup: 'copies every state of a bucket that has changed',
    verify: 'checks the snapshots of a bucket',
    restore: 'puts a snapshot in the place of a state, under its lock',
};
const OF_ALL = [
    ['--json', 'What was found, as one JSON value on standard output; all else goes to standard error.'],
    ['--yes', 'Asks nothing before what cannot be undone.'],
    ['-h, --help', 'This text.'],
];
function programHelp(commands) {
    return help_text([
        'Usage: lockkeeper <command> [flags]',
        '',
        ...paragraph('Looks after Terraform states in S3, their locks and their snapshots, without GitHub. Without --bucket, the backend block ' +
            'of the folder says which state it is. Credentials are those of the AWS CLI: environment, profile, role.'),
        '',
        'Commands:',
        ...commands.flatMap((command) => entry(command, COMMANDS[command])),
        '',
        'Flags:',
        ...entry('<command> --help', 'The flags of a command.'),
        ...entry('--version', 'The version.'),
        '',
        ...paragraph('Exit status: 0 where all went well; 1 where something failed; 2 where what was asked for cannot be understood, and ' +
            'nothing was touched.'),
        (0,documentation/* documentationUrl */.o)('cli.md'),
    ]);
}
function commandHelp(command) {
    const flags = flagsOf(command);
    const topics = [...new Set(flags.map(({ topic }) => topic))];
    return help_text([
        `Usage: lockkeeper ${command} [flags]`,
        '',
        ...paragraph(sentence(COMMANDS[command])),
        ...topics.flatMap((topic) => [
            '',
            `${topic}:`,
            ...flags.filter((flag) => flag.topic === topic).flatMap((flag) => flagEntry(flag, flags)),
        ]),
        '',
        'Secrets, as environment variables:',
        ...secretFlagsOf(command).flatMap(({ variables }) => [`${help_INDENT}${(0,quoting/* orList */.A)(variables)}`]),
        '',
        'Flags of every command:',
        ...OF_ALL.flatMap(([flag, words]) => entry(flag, words)),
        '',
        (0,documentation/* documentationUrl */.o)('cli.md'),
    ]);
}
function flagEntry(flag, flags) {
    const value = valueWords(flag);
    const { description, environment, fallback, choices } = flag.row;
    const notes = [
        ...(choices && value === 'choice' ? [`One of ${(0,quoting/* orList */.A)(choices)}.`] : []),
        ...(environment ? [`Falls back on ${(0,quoting/* orList */.A)(environment)}.`] : []),
        ...(fallback === undefined ? [] : [defaultWords(flag, fallback)]),
    ];
    const isSaid = (note) => /^Falls back/.test(note) && /Falls back/i.test(description);
    const words = [plainWords(description, flags), ...notes.filter((note) => !isSaid(note))].join(' ');
    return entry(value === undefined ? flag.flag : `${flag.flag} <${value}>`, words);
}
const defaultWords = ({ flag, row }, fallback) => row.type === 'boolean' && fallback === 'true'
    ? `On by default: --no-${flag.slice('--'.length)} switches it off.`
    : `Default: ${fallback}.`;
function plainWords(description, flags) {
    const flagOfInput = new Map(flags.map(({ name, flag }) => [name, flag]));
    return description.replaceAll(/`([^`]+)`/g, (_, code) => flagOfInput.get(code) ?? code);
}
const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
const entry = (name, words) => [
    `${help_INDENT}${name}`,
    ...wrapped(words, WIDTH - DEEPER.length).map((line) => DEEPER + line),
];
const paragraph = (words) => wrapped(words, WIDTH);
function wrapped(words, width) {
    const lines = [];
    for (const word of words.split(' ')) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= width)
            lines[lines.length - 1] = `${last} ${word}`;
        else
            lines.push(word);
    }
    return lines;
}
const help_text = (lines) => `${lines.join('\n')}\n`;
const seeHelp = (command) => `See "lockkeeper ${command === undefined ? '' : `${command} `}--help".`;

;// CONCATENATED MODULE: ./build/commands/cli/json.js
function jsonOf(outputs) {
    const json = outputs.get('report') ?? JSON.stringify(Object.fromEntries(outputs));
    return json.replaceAll(UNSEEN, escaped);
}
const UNSEEN = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;
const escaped = (character) => character
    .split('')
    .map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

// EXTERNAL MODULE: ./build/config/config-error.js
var config_error = __webpack_require__(9438);
// EXTERNAL MODULE: ./build/job/backend-error.js
var backend_error = __webpack_require__(9595);
// EXTERNAL MODULE: ./build/job/cancelled-error.js
var cancelled_error = __webpack_require__(1196);
// EXTERNAL MODULE: ./build/words/explain.js + 1 modules
var explain = __webpack_require__(5604);
// EXTERNAL MODULE: ./build/words/failure.js
var words_failure = __webpack_require__(1100);
;// CONCATENATED MODULE: ./build/commands/cli/terminal-failures.js





function terminalFailuresIn(error) {
    return (0,explain/* failuresIn */.xM)(error).map(inTerminal);
}
function inTerminal(failure) {
    const { cause } = failure;
    if (cause instanceof cancelled_error/* CancelledError */.c && failure.title !== 'Cancelled') {
        const { title, message, ...more } = failure;
        return new words_failure/* Failure */.H(title, message.replace('The job was cancelled', 'It was stopped'), { ...more, cause });
    }
    if (cause instanceof cancelled_error/* CancelledError */.c) {
        return new words_failure/* Failure */.H('Cancelled', 'It was stopped before it was done. What was taken is given back, unless a warning says otherwise.', {
            cause,
        });
    }
    if (cause instanceof backend_error/* BackendError */.Jh && cause.problem.kind === 'no-credentials') {
        const { tried, detail } = cause.problem;
        return new words_failure/* Failure */.H('No credentials', `No AWS credentials were found in ${tried} (${detail}). ` +
            'Sign in as for the AWS CLI, by "aws sso login", say, or name a profile by AWS_PROFILE or --profile.', { cause });
    }
    return failure;
}
function exitStatusOf({ cause }) {
    return cause instanceof config_error/* ConfigError */.x ? 2 : 1;
}

// EXTERNAL MODULE: ./build/config/sources/nearest-name.js
var nearest_name = __webpack_require__(146);
;// CONCATENATED MODULE: ./build/config/command-line/command-line.js




const OWN_FLAGS = ['--json', '--yes', '--help'];
function parseCommandLine(args, commands) {
    const [first, ...rest] = args;
    if (first === undefined)
        return { kind: 'wrong', problems: [`Say what to do: ${(0,quoting/* orList */.A)(commands)}.`] };
    if (first === '--help' || first === '-h' || first === 'help')
        return helpOf(rest, commands);
    if (first === '--version')
        return { kind: 'version' };
    const command = commands.find((name) => name === first);
    return command ? parseFlags(command, rest) : { kind: 'wrong', problems: [unknownCommand(first, commands)] };
}
function helpOf([name], commands) {
    const command = commands.find((each) => each === name);
    if (command || name === undefined)
        return { kind: 'help', command };
    return { kind: 'wrong', problems: [unknownCommand(name, commands)] };
}
function unknownCommand(name, commands) {
    if (name.startsWith('-'))
        return `The command comes first, before ${(0,quoting/* quote */.h)(name)}: ${(0,quoting/* orList */.A)(commands)}.`;
    const near = (0,nearest_name/* nearestName */.q)(name, commands);
    const way = near === undefined ? `There is ${(0,quoting/* orList */.A)(commands)}.` : `Did you mean ${(0,quoting/* quote */.h)(near)}?`;
    return `There is no command ${(0,quoting/* quote */.h)(name)}. ${way}`;
}
function parseFlags(command, args) {
    const flags = flagsOf(command);
    const { written, others } = readArguments(args, flags);
    if (written.some(({ flag }) => flag === '--help' || flag === '-h'))
        return { kind: 'help', command };
    const problems = others.map((text) => `Nothing is known to do with ${(0,quoting/* quote */.h)(text)}: a value follows its flag.`);
    const texts = new Map();
    for (const each of written) {
        const known = flags.find(({ flag }) => flag === each.flag || negative(flag) === each.flag);
        const read = known ? textOf(each, known) : ownOrUnknown(each, command);
        if (read.kind === 'problem')
            problems.push(read.problem);
        else
            texts.set(read.name, [...(texts.get(read.name) ?? []), read.text]);
    }
    for (const { flag, name, row } of flags)
        if ((texts.get(name)?.length ?? 0) > 1 && !isGivenInLines(row))
            problems.push(`${flag} is given more than once.`);
    if (problems.length > 0)
        return { kind: 'wrong', command, problems };
    const inputs = flags.flatMap(({ name }) => (texts.has(name) ? [[name, texts.get(name)?.join('\n')]] : []));
    return {
        kind: 'command',
        command,
        inputs: Object.fromEntries(inputs),
        json: texts.has('--json'),
        yes: texts.has('--yes'),
    };
}
function readArguments(args, flags) {
    const typeOf = ({ row }) => (row.type === 'boolean' ? 'boolean' : 'string');
    const options = Object.fromEntries([
        ...OWN_FLAGS.map((flag) => [bare(flag), { type: 'boolean' }]),
        ...flags.map((flag) => [bare(flag.flag), { type: typeOf(flag) }]),
    ]);
    const { tokens } = (0,external_node_util_.parseArgs)({ args: [...args], options, strict: false, tokens: true });
    const written = [];
    const others = [];
    let isAfterUnknown = false;
    for (const token of tokens) {
        if (token.kind === 'positional' && !isAfterUnknown)
            others.push(token.value);
        if (token.kind === 'option')
            written.push({ flag: token.rawName, value: token.value, isInline: token.inlineValue ?? false });
        isAfterUnknown = token.kind === 'option' && !(token.name in options) && !token.inlineValue;
    }
    return { written, others };
}
const problem = (text) => ({ kind: 'problem', problem: text });
const bare = (flag) => flag.slice('--'.length);
const negative = (flag) => `--no-${bare(flag)}`;
function textOf({ flag, value, isInline }, { flag: known, name, row }) {
    if (row.type === 'boolean') {
        if (flag === known && isInline && !value)
            return problem(`${flag}= has no value: write true or false behind it, or ${flag} alone.`);
        if (flag === known)
            return { kind: 'text', name, text: isInline ? (value ?? '') : 'true' };
        return isInline ? problem(`${flag} takes no value.`) : { kind: 'text', name, text: 'false' };
    }
    if (flag !== known)
        return problem(`${flag} is not taken: ${known} has a value.`);
    if (value === undefined || value === '')
        return problem(`${flag} needs a value.`);
    if (!isInline && value.startsWith('-'))
        return problem(`${flag} needs a value, and ${(0,quoting/* quote */.h)(value)} looks like a flag: if it is the value, write ${flag}=${value}.`);
    return { kind: 'text', name, text: value };
}
function ownOrUnknown({ flag, value, isInline }, command) {
    const own = OWN_FLAGS.find((each) => each === flag);
    if (own)
        return isInline ? problem(`${flag} takes no value.`) : { kind: 'text', name: own, text: value ?? '' };
    const secret = secretFlagsOf(command).find((each) => each.flag === flag);
    if (secret)
        return problem(notAsFlag(flag, secret.variables));
    const near = (0,nearest_name/* nearestName */.q)(flag, [...flagsOf(command).map((each) => each.flag), ...OWN_FLAGS]);
    const meant = near === undefined ? ` "${command} --help" lists those that there are.` : ` Did you mean ${near}?`;
    return problem(`"${command}" has no flag ${(0,quoting/* quote */.h)(flag)}.${meant}`);
}
const notAsFlag = (flag, variables) => `${flag} is a secret, and whoever may list the processes of this machine sees their flags: set the environment ` +
    `variable ${(0,quoting/* orList */.A)(variables)} instead.`;
const OF_JOB = /^(?:INPUT|STATE|GITHUB|RUNNER|ACTIONS)_/;
function stepEnvironment(env, { command, inputs }, { folder, temp }) {
    const own = Object.entries(env).filter(([name]) => !OF_JOB.test(name));
    const secrets = secretFlagsOf(command)
        .filter(({ isOurs }) => isOurs)
        .map(({ name, variables: [variable = ''] }) => [name, env[variable] ?? ''])
        .filter(([, text]) => text !== '');
    const given = { ...Object.fromEntries(secrets), ...inputs };
    const place = 'working_directory' in inputs ? { working_directory: '.' } : {};
    return {
        ...Object.fromEntries(own),
        GITHUB_WORKSPACE: folder,
        RUNNER_TEMP: temp,
        ...Object.fromEntries(Object.entries({ ...given, ...place }).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text])),
    };
}

// EXTERNAL MODULE: ./build/names/version.js
var version = __webpack_require__(6427);
// EXTERNAL MODULE: ./build/entrypoints/backup.js + 16 modules
var backup = __webpack_require__(1297);
// EXTERNAL MODULE: ./build/entrypoints/inspect.js + 10 modules
var inspect = __webpack_require__(6143);
// EXTERNAL MODULE: ./build/entrypoints/verify.js + 26 modules
var verify = __webpack_require__(686);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/names/lock-place.js
var lock_place = __webpack_require__(5458);
// EXTERNAL MODULE: ./build/words/how-to-unlock.js
var how_to_unlock = __webpack_require__(3061);
// EXTERNAL MODULE: ./build/commands/hold/lock-record.js
var lock_record = __webpack_require__(398);
// EXTERNAL MODULE: ./build/commands/restore/restore-blocks.js
var restore_blocks = __webpack_require__(240);
// EXTERNAL MODULE: ./build/commands/restore/restore-log.js
var restore_log = __webpack_require__(8647);
// EXTERNAL MODULE: ./build/commands/restore/restore-outputs.js
var restore_outputs = __webpack_require__(559);
// EXTERNAL MODULE: ./build/commands/restore/restore-state.js + 6 modules
var restore_state = __webpack_require__(8128);
;// CONCATENATED MODULE: ./build/commands/restore/restore-in-terminal.js







async function restoreInTerminal(parts) {
    const { settings, report, clock, confirm } = parts;
    const plan = await (0,restore_state/* foreseeRestore */.mY)(parts);
    if (settings.restore.dryRun) {
        tellOutputs(parts, (0,restore_outputs/* restoreOutputs */.V)(plan, settings));
        await report.summary((0,restore_blocks/* dryRunBlocks */.v1)(plan, { settings, now: clock.now() }));
        return;
    }
    (0,restore_log/* tellPlan */.fb)(report, plan, clock.now());
    if (!parts.lock)
        (0,restore_state/* warnOfNoLock */.Ur)(report);
    if (plan.kind === 'restore')
        await confirm(consentWords(parts, plan));
    const restored = await (0,restore_state/* restoreState */.aX)({
        ...parts,
        record: recordOf(parts),
        agreed: plan,
        leftTo: 'person',
        onProgress: (progress) => tellProgress(parts, progress),
    });
    tellOutputs(parts, (0,restore_outputs/* restoreOutputs */.V)(restored.plan, settings, restored));
    await report.summary((0,restore_blocks/* restoredBlocks */.dK)(restored.plan, restored, { settings, now: clock.now() }));
    if (restored.failures.length > 0)
        throw new AggregateError(restored.failures);
}
function recordOf({ settings, job, clock, newId }) {
    const { path } = (0,lock_place/* lockPlace */.n)(settings.backend, settings.locking.scope.kind);
    return (0,lock_record/* personsLockRecord */.F)(job, { id: newId(), path, now: clock.now() });
}
function consentWords({ settings: { backend } }, { snapshot, serial }) {
    const before = serial.before === undefined ? '' : ` (serial ${serial.before} now)`;
    return `put ${snapshot.listed.key} in the place of s3://${backend.bucket}/${backend.statePath}${before}, with serial ${serial.after}; what is there is kept as a snapshot`;
}
function tellProgress({ settings, report }, progress) {
    if (progress.phase !== 'unfinished')
        return;
    const { claim, key } = progress;
    if (key !== undefined) {
        report.info(`If this is killed from here on, complete the restore with --snapshot ${key}.`);
        return;
    }
    if (claim.stage !== 'requested')
        return;
    const { info } = claim.record;
    report.info(`Asking for the lock ${info.Path}, ID ${info.ID}.`);
    report.info(`If this is killed, free the lock with ${(0,how_to_unlock/* unlockCommand */.I_)(settings, { info })}.`);
}
function tellOutputs({ runner }, outputs) {
    for (const [name, value] of Object.entries(outputs))
        runner.setOutput(name, value);
}

// EXTERNAL MODULE: ./build/config/inputs.js + 13 modules
var inputs = __webpack_require__(990);
// EXTERNAL MODULE: ./build/job/clock.js
var clock = __webpack_require__(1434);
// EXTERNAL MODULE: ./build/lock/persistent.js
var persistent = __webpack_require__(7589);
// EXTERNAL MODULE: ./build/stores/open.js + 1 modules
var stores_open = __webpack_require__(6946);
// EXTERNAL MODULE: ./build/entrypoints/configured.js + 55 modules
var configured = __webpack_require__(87);
;// CONCATENATED MODULE: ./build/entrypoints/cli/restore.js







async function restoreFromTerminal({ env, asker, ...surface }) {
    const { settings, identity, roots } = await (0,configured/* configured */.t)(env, inputs/* parseRestoreSettings */.VN, asker);
    const { statePath } = settings.backend;
    const stores = (0,stores_open/* openStores */.j)(settings, identity, roots);
    const persistence = { clock: clock/* systemClock */.m, random: Math.random, reached: false };
    await restoreInTerminal({
        ...surface,
        settings,
        lock: await stores.openLock(statePath, (record) => (0,persistent/* persistentLock */.T)(record, persistence)),
        openState: () => stores.openState(statePath),
        openWriter: () => stores.openStateWriter(statePath),
        environment: env,
        clock: clock/* systemClock */.m,
        random: Math.random,
        newId: external_node_crypto_.randomUUID,
        signal: asker.signal,
    });
}

;// CONCATENATED MODULE: ./build/entrypoints/cli/commands.js




const commands_COMMANDS = {
    inspect: inspect.inspectOn,
    backup: backup.backupOn,
    verify: verify.verifyOn,
    restore: restoreFromTerminal,
};

// EXTERNAL MODULE: ./build/actions/machine-names.js
var machine_names = __webpack_require__(9324);
// EXTERNAL MODULE: external "node:readline/promises"
var promises_ = __webpack_require__(6848);
;// CONCATENATED MODULE: ./build/actions/terminal/question.js


function terminalQuestion({ stdin, stderr } = process) {
    if (!stdin.isTTY || !stderr.isTTY)
        return undefined;
    return async (question, signal) => {
        const lines = (0,promises_.createInterface)({ input: stdin, output: stderr, terminal: false });
        const noAnswer = new Promise((resolve) => lines.once('close', () => resolve('')));
        try {
            const asked = lines.question(harmlessLines(question).join('\n'), { signal });
            const answer = await Promise.race([asked, noAnswer]);
            return answer.trim() === 'yes';
        }
        catch (error) {
            signal.throwIfAborted();
            throw error;
        }
        finally {
            lines.close();
        }
    };
}

// EXTERNAL MODULE: ./build/commands/cli/consent.js
var consent = __webpack_require__(8448);
;// CONCATENATED MODULE: ./build/entrypoints/cli/terminal-surface.js



function terminalSurface({ env, report, runner, yes }, signal, over) {
    return {
        env,
        audience: 'terminal',
        job: personAsJob(env),
        report,
        runner,
        liveness: { statusOf: async () => undefined },
        asker: {
            signal,
            over,
            report: { ...report, summary: async () => { } },
            initialisedSince: 0,
        },
        confirm: (what) => (0,consent/* consentTo */._)(what, { yes, ask: terminalQuestion(), signal }),
    };
}
function personAsJob(env) {
    const { users, host } = (0,machine_names/* machineNames */.U)(env);
    return {
        actor: users[0] ?? '',
        runnerName: host,
        repository: '',
        workflow: '',
        runId: '',
        runAttempt: '',
        runNumber: '',
        name: '',
        commit: '',
        runUrl: '',
    };
}

;// CONCATENATED MODULE: ./build/entrypoints/cli/cli.js















const NAMES = Object.keys(commands_COMMANDS);
const answer = (line) => process.stdout.write(`${line}\n`);
const aside = (line) => process.stderr.write(`${line}\n`);
async function cli() {
    (0,masking/* maskWithoutRunner */.zv)();
    const line = parseCommandLine(process.argv.slice(2), NAMES);
    switch (line.kind) {
        case 'help':
            process.stdout.write(line.command ? commandHelp(line.command) : programHelp(NAMES));
            return;
        case 'version':
            answer(version/* VERSION */.x);
            return;
        case 'wrong':
            for (const problem of line.problems)
                tellFailure({ title: 'Error', message: problem });
            aside(seeHelp(line.command));
            process.exitCode = 2;
            return;
        case 'command':
            await runCommand(line);
    }
}
async function runCommand(invocation) {
    const { command, inputs, json, yes } = invocation;
    const flags = flagsOf(command);
    const { env } = process;
    const report = terminalReport({
        answer: json ? aside : answer,
        aside,
        style: {
            answer: styleFor(json ? process.stderr : process.stdout, env),
            aside: styleFor(process.stderr, env),
        },
        inFlags: (sentence) => inFlags(sentence, flags),
    });
    const runner = terminalRunner();
    const folder = (0,external_node_path_.resolve)(inputs['working_directory'] ?? '.');
    const terminal = { env: stepEnvironment(env, invocation, { folder, temp: (0,external_node_os_.tmpdir)() }), report, runner, yes };
    await (0,run_step/* run */.e)({
        failuresIn: terminalFailuresIn,
        tell: (failure) => {
            tellFailure({ ...failure, title: `Error: ${failure.title}`, message: inFlags(failure.message, flags) });
            return exitStatusOf(failure);
        },
        work: async (signal, over) => {
            signal.addEventListener('abort', () => aside('Stopping: what was taken is given back first.'));
            await commands_COMMANDS[command]?.(terminalSurface(terminal, signal, over));
        },
    });
    if (json && runner.outputs.size > 0)
        answer(jsonOf(runner.outputs));
}
function tellFailure({ title, message }) {
    const [first = '', ...others] = harmlessLines(message);
    aside(`${styleFor(process.stderr, process.env)('red', `${title}:`)} ${first}`);
    for (const line of others)
        aside(line);
}


/***/ })

};
