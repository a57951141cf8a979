export const id = 297;
export const ids = [297];
export const modules = {

/***/ 8448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ removalConsent),
/* harmony export */   _: () => (/* binding */ consentTo)
/* harmony export */ });
/* harmony import */ var _words_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1100);

async function consentTo(what, { yes, ask, signal }) {
    if (yes)
        return;
    if (!ask) {
        throw new _words_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .H('Not confirmed', `Nothing was done: this would ${what}, and nobody can be asked here. Say --yes to go on without a question.`);
    }
    if (await ask(`This will ${what}.\nOnly "yes" is taken for a yes: `, signal))
        return;
    throw new _words_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .H('Not confirmed', 'Nothing was done: the answer was not "yes".');
}
function removalConsent({ backend, backup, run, retention, }) {
    if (!retention || retention.dryRun || run.dryRun)
        return undefined;
    return `remove the snapshots of ${backend.bucket} in s3://${backup.bucket}/${backup.prefix} that no rule keeps`;
}


/***/ }),

/***/ 1297:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  backup: () => (/* binding */ backup),
  backupOn: () => (/* binding */ backupOn)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/actions/heartbeat.js
async function callHeartbeat(url, signal) {
    const { status } = await fetch(url, { signal, redirect: 'follow' }).catch((error) => {
        throw new Error(`it could not be reached (${codeOf(error)}).`);
    });
    if (status < 200 || status >= 300)
        throw new Error(`it answered with status ${status}.`);
}
function codeOf(error) {
    const { cause, name } = error;
    return typeof cause?.code === 'string' ? cause.code : (name ?? 'no answer');
}

// EXTERNAL MODULE: ./build/actions/report-file.js
var report_file = __webpack_require__(895);
// EXTERNAL MODULE: ./build/actions/run-step.js
var run_step = __webpack_require__(3808);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: ./build/config/key-globs.js
var key_globs = __webpack_require__(134);
// EXTERNAL MODULE: ./build/job/clock.js
var job_clock = __webpack_require__(1434);
// EXTERNAL MODULE: ./build/words/counts.js
var words_counts = __webpack_require__(7100);
// EXTERNAL MODULE: ./build/words/explain.js + 1 modules
var explain = __webpack_require__(5604);
// EXTERNAL MODULE: ./build/words/failure.js
var failure = __webpack_require__(1100);
// EXTERNAL MODULE: ./build/words/versioning.js
var words_versioning = __webpack_require__(3228);
// EXTERNAL MODULE: ./build/job/blocks.js
var blocks = __webpack_require__(5572);
// EXTERNAL MODULE: ./build/words/bytes.js
var words_bytes = __webpack_require__(1349);
// EXTERNAL MODULE: ./build/words/duration.js
var duration = __webpack_require__(1384);
// EXTERNAL MODULE: ./build/words/facts.js
var facts = __webpack_require__(2369);
// EXTERNAL MODULE: ./build/words/linked-text.js
var linked_text = __webpack_require__(137);
;// CONCATENATED MODULE: ./build/commands/backup/outcomes.js
function isSafe({ result }) {
    return result.kind === 'unchanged' || result.kind === 'copied';
}
function ofKind(outcomes, kind) {
    return outcomes.filter((outcome) => outcome.result.kind === kind);
}

;// CONCATENATED MODULE: ./build/commands/backup/backup-blocks.js







const MOST_ROWS = 200;
const LONGEST = { path: 300, cause: 400, place: 1_200 };
function backupBlocks(result, now) {
    const { outcomes, stale } = result;
    const cells = (path, cause) => [
        (0,blocks/* plain */.pj)(path, LONGEST.path),
        (0,blocks/* plain */.pj)(cause, LONGEST.cause),
    ];
    return [
        { kind: 'heading', text: headingOf(result) },
        { kind: 'paragraph', text: (0,facts/* inOneLine */.UX)(glance(result)) },
        ...table(['Failed', 'Why'], ofKind(outcomes, 'failed'), ({ state, result: { failure } }) => cells(state.path, failure.message)),
        ...table(['Doubtful', 'Why'], ofKind(outcomes, 'doubtful'), ({ state, result: { doubts } }) => cells(state.path, doubts.join(' '))),
        ...table(['Without a verified snapshot for too long', 'Changed'], stale, ({ path, changedAt }) => cells(path, `${(0,duration/* spellDuration */.j)(now - changedAt)} ago`)),
        ...table(['Copied', 'Serial', 'Size', 'Changed'], ofKind(outcomes, 'copied'), (outcome) => [
            (0,blocks/* plain */.pj)(outcome.state.path, LONGEST.path),
            String(outcome.result.serial ?? 'unknown'),
            (0,words_bytes/* spellBytes */.G)(outcome.result.bytes),
            `${(0,duration/* spellDuration */.j)(now - outcome.result.lastModified)} ago`,
        ]),
        ...table(['Would be copied', 'Size'], ofKind(outcomes, 'would-copy'), ({ state }) => [
            (0,blocks/* plain */.pj)(state.path, LONGEST.path),
            (0,words_bytes/* spellBytes */.G)(state.bytes),
        ]),
        details(result),
    ];
}
function stoppedBlocks({ title, message }) {
    return [
        { kind: 'heading', text: `❌ Backup · ${title}` },
        { kind: 'paragraph', text: (0,linked_text/* linked */.q)(message, LONGEST.place) },
    ];
}
function headingOf({ totals, stale, settings }) {
    const { states, failed, doubtful, copied, wouldCopy } = totals;
    const bad = failed + stale.length;
    const sign = bad > 0 ? '❌' : doubtful > 0 ? '⚠️' : '✅';
    const outcome = failed > 0
        ? `${(0,words_counts/* spellCount */.w)(failed)} not backed up`
        : stale.length > 0
            ? `${(0,words_counts/* spellCount */.w)(stale.length)} for too long without a verified snapshot`
            : settings.run.dryRun
                ? `${(0,words_counts/* spellCount */.w)(wouldCopy)} would be copied`
                : `${(0,words_counts/* spellCount */.w)(copied)} copied`;
    return `${sign} Backup of ${(0,words_counts/* counted */.h)(states, 'state')} · ${outcome}`;
}
function glance({ totals, settings, tookMs }) {
    const { copied, wouldCopy, unchanged, doubtful, failed, pruned, bytes, oldestAgeMs } = totals;
    const { dryRun } = settings.run;
    return [
        ...(dryRun
            ? ['dry run', `${(0,words_counts/* spellCount */.w)(wouldCopy)} would be copied`]
            : [`${(0,words_counts/* spellCount */.w)(copied)} copied (${(0,words_bytes/* spellBytes */.G)(bytes)})`]),
        `${(0,words_counts/* spellCount */.w)(unchanged)} unchanged`,
        ...(failed > 0 ? [`${(0,words_counts/* spellCount */.w)(failed)} failed`] : []),
        ...(doubtful > 0 ? [`${(0,words_counts/* spellCount */.w)(doubtful)} doubtful`] : []),
        ...(settings.retention
            ? [
                `${(0,words_counts/* counted */.h)(pruned, 'old snapshot')} ${dryRun || settings.retention.dryRun ? 'would be removed' : 'removed'}`,
            ]
            : []),
        ...(oldestAgeMs === undefined ? [] : [`oldest state's snapshot of ${(0,duration/* spellDuration */.j)(oldestAgeMs)} ago`]),
        `took ${(0,duration/* spellDuration */.j)(tookMs)}`,
    ];
}
function table(header, items, row) {
    if (items.length === 0)
        return [];
    const more = items.length - MOST_ROWS;
    return [
        { kind: 'rows', header, rows: items.slice(0, MOST_ROWS).map(row) },
        ...(more > 0
            ? [{ kind: 'paragraph', text: `… and ${(0,words_counts/* spellCount */.w)(more)} more, which the report file has.` }]
            : []),
    ];
}
function details({ settings, outcomes }) {
    const { backend, backup, keys } = settings;
    const globs = [...keys.included, ...keys.excluded.map((glob) => `!${glob}`)].join(' ');
    const snapshots = outcomes.reduce((sum, { entry }) => sum + (entry?.count ?? 0), 0);
    const bytes = outcomes.reduce((sum, { entry }) => sum + (entry?.bytes ?? 0), 0);
    return {
        kind: 'details',
        title: 'Where',
        blocks: [
            {
                kind: 'list',
                items: [
                    (0,facts/* fact */.fK)('States', (0,blocks/* code */.aY)(`s3://${backend.bucket}`, LONGEST.place)),
                    (0,facts/* fact */.fK)('Keys', (0,blocks/* code */.aY)(globs, LONGEST.place)),
                    (0,facts/* fact */.fK)('Snapshots', (0,blocks/* code */.aY)(`s3://${backup.bucket}/${backup.prefix}`, LONGEST.place)),
                    (0,facts/* fact */.fK)('In all', `${(0,words_counts/* counted */.h)(snapshots, 'snapshot')}, ${(0,words_bytes/* spellBytes */.G)(bytes)}, as the index has it`),
                ],
            },
        ],
    };
}

;// CONCATENATED MODULE: ./build/commands/backup/freshness.js

function staleStates(outcomes, { now, maxAgeMs }) {
    if (maxAgeMs === undefined)
        return [];
    return outcomes
        .filter((outcome) => !isSafe(outcome) && outcome.result.kind !== 'gone')
        .map(({ state }) => ({ path: state.path, changedAt: state.lastModified }))
        .filter(({ changedAt }) => now - changedAt > maxAgeMs);
}
function oldestSnapshotAge(outcomes, now) {
    const moments = outcomes.flatMap(({ entry, result }) => entry?.verified && result.kind !== 'gone' ? [entry.verified.lastModified] : []);
    if (moments.length === 0)
        return undefined;
    const oldest = moments.reduce((least, moment) => Math.min(least, moment));
    return Math.max(0, now - oldest);
}

;// CONCATENATED MODULE: ./build/commands/backup/backup-result.js


function resultOf({ settings, outcomes, startedAt, now }) {
    const copies = [...ofKind(outcomes, 'copied'), ...ofKind(outcomes, 'doubtful')];
    const oldestAgeMs = oldestSnapshotAge(outcomes, now);
    const maxAgeMs = settings.run.dryRun ? undefined : settings.run.maxAgeMs;
    return {
        settings,
        outcomes,
        stale: staleStates(outcomes, { now, maxAgeMs }),
        tookMs: now - startedAt,
        totals: {
            states: outcomes.length,
            copied: ofKind(outcomes, 'copied').length,
            wouldCopy: ofKind(outcomes, 'would-copy').length,
            doubtful: ofKind(outcomes, 'doubtful').length,
            unchanged: ofKind(outcomes, 'unchanged').length,
            failed: ofKind(outcomes, 'failed').length,
            pruned: sum(outcomes.map(({ pruning }) => pruning?.removed.length ?? 0)),
            bytes: sum(copies.map(({ result }) => (result.created ? result.bytes : 0))),
            ...(oldestAgeMs !== undefined && { oldestAgeMs }),
        },
    };
}
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

;// CONCATENATED MODULE: ./build/commands/backup/backup-words.js





const MOST_NAMED = 10;
function failuresOf(result, now) {
    return [...notBackedUp(result), ...tooOld(result, now)];
}
function notBackedUp({ outcomes, totals }) {
    const failed = ofKind(outcomes, 'failed');
    if (failed.length === 0)
        return [];
    const named = failed.map((outcome) => `${outcome.state.path}: ${outcome.result.failure.message}`);
    return [
        new failure/* Failure */.H('States not backed up', `Of ${(0,words_counts/* counted */.h)(totals.states, 'state')}, ${(0,words_counts/* spellCount */.w)(failed.length)} could not be copied; all others were looked at.\n` +
            firstOf(named)),
    ];
}
function tooOld({ stale, settings }, now) {
    if (stale.length === 0)
        return [];
    const named = stale.map(({ path, changedAt }) => `${path}: changed ${(0,duration/* formatDuration */.a)(now - changedAt)} ago`);
    return [
        new failure/* Failure */.H('Snapshots too old', `${(0,words_counts/* counted */.h)(stale.length, 'state')} changed more than ${(0,duration/* formatDuration */.a)(settings.run.maxAgeMs ?? 0)} ago, which is "max_age", and ` +
            `no verified snapshot has been taken since.\n${firstOf(named)}`),
    ];
}
function doubtfulWarning(outcomes) {
    const doubtful = ofKind(outcomes, 'doubtful');
    if (doubtful.length === 0)
        return undefined;
    const named = doubtful.map(({ state, result }) => `${state.path}: ${result.doubts.join(' ')}`);
    return (`${(0,words_counts/* counted */.h)(doubtful.length, 'state')} may not be what Terraform last wrote. What is there was copied, ` +
        `and does not count as a verified snapshot.\n${firstOf(named)}`);
}
function firstOf(lines) {
    const more = lines.length - MOST_NAMED;
    const rest = more > 0 ? [`… and ${(0,words_counts/* spellCount */.w)(more)} more: the log and "report_file" have all of them.`] : [];
    return [...lines.slice(0, MOST_NAMED), ...rest].join('\n');
}
function totalsLine({ totals, settings, tookMs }) {
    const { states, copied, wouldCopy, doubtful, unchanged, failed, pruned, bytes } = totals;
    const { dryRun } = settings.run;
    const counts = [
        dryRun ? `${(0,words_counts/* spellCount */.w)(wouldCopy)} would be copied` : `${(0,words_counts/* spellCount */.w)(copied)} copied`,
        ...(doubtful > 0 ? [`${(0,words_counts/* spellCount */.w)(doubtful)} doubtful`] : []),
        `${(0,words_counts/* spellCount */.w)(unchanged)} unchanged`,
        `${(0,words_counts/* spellCount */.w)(failed)} failed`,
        ...(settings.retention
            ? [`${(0,words_counts/* counted */.h)(pruned, 'old snapshot')} ${dryRun ? 'would be removed' : 'removed'}`]
            : []),
    ];
    const size = dryRun ? '' : `, ${(0,words_bytes/* formatBytes */.z)(bytes)}`;
    return `${(0,words_counts/* counted */.h)(states, 'state')}: ${counts.join(', ')}${size}, in ${(0,duration/* formatDuration */.a)(tookMs)}.`;
}
function pruningWarning(outcomes) {
    const hindered = outcomes.flatMap(({ pruning }) => (pruning?.problem ? [pruning] : []));
    const [first] = hindered;
    if (!first)
        return undefined;
    return `Old snapshots of ${(0,words_counts/* counted */.h)(hindered.length, 'state')} were not removed, or not all: ${first.problem?.message}`;
}
function lockedLine(outcomes) {
    const locked = outcomes.flatMap(({ pruning }) => (pruning && pruning.locked > 0 ? [pruning] : []));
    if (locked.length === 0)
        return undefined;
    const count = locked.reduce((sum, pruning) => sum + pruning.locked, 0);
    const ends = locked.flatMap(({ lockedUntil }) => (lockedUntil === undefined ? [] : [lockedUntil]));
    const last = ends.length > 0 ? `, until ${new Date(Math.max(...ends)).toISOString()} at the latest` : '';
    return `Object Lock holds ${(0,words_counts/* counted */.h)(count, 'snapshot')} that no rule keeps${last}. They stay.`;
}

;// CONCATENATED MODULE: ./build/snapshots/retention/policy-hash.js

function policyHash({ rules }, { included, excluded }) {
    const texts = [
        ...rules.map((rule) => JSON.stringify(rule)),
        ...included.map((glob) => `+${glob}`),
        ...excluded.map((glob) => `-${glob}`),
    ];
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(texts.sort())).digest('hex');
}

// EXTERNAL MODULE: ./build/words/progress.js
var words_progress = __webpack_require__(5079);
;// CONCATENATED MODULE: ./build/commands/backup/bounded-work.js
async function workWithin(items, bounds, work) {
    const running = new Set();
    let bytes = 0;
    const hasRoomFor = (item) => running.size === 0 || (running.size < bounds.concurrency && bytes + item.bytes <= bounds.bytes);
    const begin = (item) => {
        bytes += item.bytes;
        const one = work(item).finally(() => {
            running.delete(one);
            bytes -= item.bytes;
        });
        running.add(one);
    };
    try {
        for (const item of items) {
            while (!hasRoomFor(item))
                await Promise.race(running);
            begin(item);
        }
        await Promise.all(running);
    }
    finally {
        await Promise.allSettled(running);
    }
}

// EXTERNAL MODULE: ./build/names/snapshot-key.js
var snapshot_key = __webpack_require__(7613);
// EXTERNAL MODULE: ./build/snapshots/index/catalogue-index.js
var catalogue_index = __webpack_require__(1909);
// EXTERNAL MODULE: ./build/snapshots/snapshot.js
var snapshot = __webpack_require__(1180);
// EXTERNAL MODULE: ./build/state/read-state.js
var read_state = __webpack_require__(5296);
;// CONCATENATED MODULE: ./build/commands/backup/grouped-digests.js
const GROUP = 100;
function groupedDigests({ readDigests }, statePaths, signal) {
    const groupOf = new Map(statePaths.map((path, index) => [path, Math.floor(index / GROUP)]));
    const asked = new Map();
    return {
        first: async (path) => {
            const group = groupOf.get(path) ?? 0;
            const paths = () => statePaths.slice(group * GROUP, (group + 1) * GROUP);
            const answer = asked.get(group) ?? readDigests(paths(), signal);
            asked.set(group, answer);
            return (await answer).get(path);
        },
        again: async (path) => (await readDigests([path], signal)).get(path),
    };
}
function withKnownDigest(source, digests) {
    let isFirst = true;
    return {
        ...source,
        digest: () => {
            const which = isFirst ? 'first' : 'again';
            isFirst = false;
            return digests[which](source.path);
        },
    };
}

;// CONCATENATED MODULE: ./build/commands/backup/copy-state.js






function versionOf({ etag, lastModified }) {
    return { lastModified: Math.floor(lastModified / 1_000) * 1_000, tag: (0,snapshot_key/* versionTag */.Vm)(etag) };
}
function isKnown(state, entry) {
    return entry?.verified !== undefined && (0,catalogue_index/* isSameVersion */.p)(entry.verified, versionOf(state));
}
async function copyState(parts, toCopy) {
    const { state, entry, stores, isListed } = toCopy;
    requireShortKey(parts, state.path);
    const isNewest = isListed && isLater(versionOf(state), entry?.newest);
    const found = isNewest ? undefined : await findSnapshot(stores, state, parts.signal);
    if (found)
        return withFound(state, entry, found);
    if (parts.settings.run.dryRun)
        return { state, ...(entry && { entry }), result: { kind: 'would-copy' } };
    const source = withKnownDigest(stores.state, toCopy.digests);
    const reading = await (0,read_state/* readState */.u)(source, { clock: parts.clock, signal: parts.signal });
    if (reading.kind !== 'state')
        return { state, ...(entry && { entry }), result: { kind: 'gone' } };
    return storeState(parts, toCopy, reading);
}
async function storeState(parts, { state, entry, stores }, read) {
    const { runUrl, commit } = parts.job;
    const occasion = { phase: 'scheduled', takenAt: parts.clock.now(), runUrl, commit };
    const { key, created } = await (0,snapshot/* takeSnapshot */.W)(stores.catalogue, read, occasion, parts.signal);
    const name = (0,snapshot_key/* parseSnapshotKey */.dd)(key, stores.catalogue.prefix);
    const { version, doubts, md5, body } = read;
    const copy = { key, bytes: body.length, ...versionOf({ ...state, ...version }), md5 };
    const taken = name && { ...name, bytes: body.length };
    if (taken && !created && doubts.length === 0)
        return withFound(state, entry, taken);
    const isNew = created || !(0,catalogue_index/* isSameVersion */.p)(entry?.newest, copy);
    const known = taken && isNew ? (0,catalogue_index/* withSnapshot */.HV)(entry, taken) : entry;
    const told = { ...copy, created, serial: read.inspection.header.serial };
    const result = doubts.length > 0
        ? { kind: 'doubtful', doubts, ...told }
        : { kind: 'copied', ...told };
    return { state, ...(known && { entry: known }), result };
}
function withFound(state, entry, found) {
    const grown = (0,catalogue_index/* withSnapshot */.HV)(entry, found);
    const isNews = !(0,catalogue_index/* isSameVersion */.p)(grown.verified, entry?.verified);
    return { state, entry: entry && !isNews ? entry : grown, result: { kind: 'unchanged', found: isNews } };
}
function isLater({ lastModified }, newest) {
    return newest === undefined || lastModified > newest.lastModified;
}
async function findSnapshot({ catalogue }, state, signal) {
    const { tag } = versionOf(state);
    for await (const snapshot of catalogue.list(signal, state.lastModified)) {
        if (snapshot.kind === 'verified' && snapshot.tag === tag)
            return snapshot;
    }
    return undefined;
}
const LONGEST_KEY_BYTES = 1_024;
function requireShortKey({ settings: { backup, backend } }, path) {
    const bytes = Buffer.byteLength((0,snapshot_key/* cataloguePrefix */.E4)(backup.prefix, backend.bucket, path)) + snapshot_key/* LONGEST_NAME_BYTES */.DF;
    if (bytes <= LONGEST_KEY_BYTES)
        return;
    throw new failure/* Failure */.H('Snapshot key too long', `The key of a snapshot of it would have ${bytes} bytes, and S3 allows ${LONGEST_KEY_BYTES}. Shorten "backup_prefix" or the state's key.`);
}

// EXTERNAL MODULE: ./build/snapshots/retention/prune.js + 3 modules
var prune = __webpack_require__(1283);
// EXTERNAL MODULE: ./build/words/retention.js
var retention = __webpack_require__(3748);
;// CONCATENATED MODULE: ./build/commands/backup/prune-state.js






async function pruneState({ settings, clock, signal }, { catalogue, retention, outcome }) {
    const now = clock.now();
    const isDry = retention.dryRun || settings.run.dryRun;
    try {
        const pruned = await (0,prune/* prune */.R)(catalogue, {
            ...{ retention: { ...retention, dryRun: isDry }, now, signal },
            ...{ currentTag: currentTagOf(outcome), ...expectedOf(catalogue, outcome) },
        });
        const entry = isDry ? outcome.entry : (0,catalogue_index/* entryOf */.Ms)(remaining(pruned));
        return { ...outcome, ...(entry && { entry }), pruning: pruningOf(pruned, isDry) };
    }
    catch (error) {
        if (signal.aborted)
            throw signal.reason;
        const pruning = { kept: 0, removed: [], locked: 0, refused: 0, problem: (0,explain/* explain */.WE)(error) };
        return { ...outcome, pruning };
    }
}
function currentTagOf({ state, result }) {
    return result.kind === 'copied' ? result.tag : versionOf(state).tag;
}
function expectedOf(catalogue, { state, result }) {
    if (result.kind !== 'would-copy')
        return {};
    const key = catalogue.prefix + (0,snapshot_key/* snapshotName */.aN)(state, undefined, 'verified');
    const storedAt = state.lastModified;
    return {
        expected: { key, kind: 'verified', serial: 0, bytes: state.bytes, storedAt, ...versionOf(state) },
    };
}
function remaining({ plan, removals }) {
    const gone = new Set(removals.flatMap(({ kind, key }) => (kind === 'removed' ? [key] : [])));
    return [...plan.keep.map(({ snapshot }) => snapshot), ...plan.remove].filter(({ key }) => !gone.has(key));
}
function pruningOf({ plan, removals }, isDry) {
    const keys = isDry ? plan.remove.map(({ key }) => key) : keysOf(removals, 'removed');
    const locked = removals.filter((removal) => removal.kind === 'locked');
    const ends = locked.flatMap(({ until }) => (until === undefined ? [] : [until]));
    const refused = removals.filter((removal) => removal.kind === 'refused');
    return {
        kept: plan.keep.length,
        ...(isDry && { planned: (0,retention/* planLines */.H)(plan) }),
        removed: keys.map((key) => key.slice(key.lastIndexOf('/') + 1)),
        locked: locked.length,
        ...(ends.length > 0 && { lockedUntil: Math.max(...ends) }),
        refused: refused.length,
        ...(refused[0] && { problem: (0,explain/* explain */.WE)(refused[0].error) }),
    };
}
const keysOf = (removals, kind) => removals.flatMap((removal) => (removal.kind === kind ? [removal.key] : []));

;// CONCATENATED MODULE: ./build/commands/backup/go-through.js








const MOST_BYTES = 96 * 1024 * 1024;
const SAVE_EVERY_MS = 60_000;
async function goThrough(parts, { states, known }) {
    const { settings, clock, signal } = parts;
    const policy = settings.retention && policyHash(settings.retention, settings.keys);
    const isPlanned = settings.retention?.dryRun !== true && policy === known.retentionHash;
    const isDue = (state) => !isKnown(state, known.entries.get(state.path)) || (policy !== undefined && !isPlanned);
    const due = states.filter(isDue);
    const digests = digestsOf(parts, due, known);
    const outcomes = new Map();
    const progress = (0,words_progress/* tellProgress */.X)(due.length, parts);
    let savedAt = clock.now();
    const work = async (state) => {
        const outcome = await outcomeOf(parts, { state, known, digests, isPlanned });
        if (!outcome)
            return;
        outcomes.set(state.path, outcome);
        if (outcome.entry)
            known.entries.set(state.path, outcome.entry);
        progress.step(state.bytes);
        if (clock.now() - savedAt < SAVE_EVERY_MS)
            return;
        savedAt = clock.now();
        await known.save({ retentionHash: undefined });
    };
    try {
        await workWithin(due, { concurrency: settings.run.concurrency, bytes: MOST_BYTES }, work);
    }
    finally {
        progress.end();
    }
    const dueSet = new Set(due);
    const all = states.flatMap((state) => outcomes.get(state.path) ?? (dueSet.has(state) ? [] : unchanged(state, known)));
    await known.save({ retentionHash: signal.aborted ? undefined : hashAfter(all, { policy, parts, known }) });
    return { outcomes: all, total: states.length };
}
function digestsOf(parts, due, known) {
    const changed = due.filter((state) => !isKnown(state, known.entries.get(state.path)));
    return groupedDigests(parts.stores, changed.map(({ path }) => path), parts.signal);
}
function unchanged(state, known) {
    const entry = known.entries.get(state.path);
    return { state, ...(entry && { entry }), result: { kind: 'unchanged', found: false } };
}
async function outcomeOf(parts, one) {
    const { state, known } = one;
    const entry = known.entries.get(state.path);
    try {
        const stores = await parts.stores.openState(state.path);
        const outcome = isKnown(state, entry)
            ? unchanged(state, known)
            : await copyState(parts, {
                ...{ state, entry, stores, isListed: known.isListed },
                digests: one.digests,
            });
        return await withRules(parts, { outcome, stores, isPlanned: one.isPlanned });
    }
    catch (error) {
        if (parts.signal.aborted)
            return undefined;
        return { state, ...(entry && { entry }), result: { kind: 'failed', failure: (0,explain/* explain */.WE)(error) } };
    }
}
async function withRules(parts, { outcome, stores, isPlanned }) {
    const { retention } = parts.settings;
    const isEligible = isSafe(outcome) || outcome.result.kind === 'would-copy';
    if (!retention || !isEligible || (isPlanned && !hasGained(outcome)))
        return outcome;
    return pruneState(parts, { catalogue: stores.catalogue, retention, outcome });
}
function hasGained({ result }) {
    switch (result.kind) {
        case 'copied':
        case 'doubtful':
        case 'would-copy':
            return true;
        case 'unchanged':
            return result.found;
        case 'gone':
        case 'failed':
            return false;
    }
}
function hashAfter(outcomes, { policy, parts, known }) {
    if (policy === undefined || parts.settings.retention?.dryRun) {
        return outcomes.some(hasGained) ? undefined : known.retentionHash;
    }
    return outcomes.some(({ pruning }) => pruning?.problem) ? undefined : policy;
}

// EXTERNAL MODULE: ./build/snapshots/index/index-store.js
var index_store = __webpack_require__(9377);
// EXTERNAL MODULE: ./build/snapshots/index/reconcile.js
var reconcile = __webpack_require__(8509);
;// CONCATENATED MODULE: ./build/commands/backup/known-catalogues.js






const COMPARED_IN_A_RUN = 8;
const WEEK_MS = 7 * 86_400_000;
async function knowCatalogues(parts, { store, found }, statePaths) {
    const { index } = found;
    const now = parts.clock.now();
    const isDue = index !== undefined && now - index.reconciledAt >= WEEK_MS;
    if (index && !isDue && index.reconciledAt <= now) {
        const { entries, comparedUpTo } = await compareSome(parts, index);
        const kept = { ...index, entries, ...(comparedUpTo !== undefined && { comparedUpTo }) };
        return known(parts, { store, found }, { isListed: false, kept });
    }
    parts.report.info(whyAllAreListed(found, isDue));
    const entries = await (0,reconcile/* listEntries */.fi)(parts.stores.listCatalogues, statePaths, parts.signal);
    if (index)
        tellDifferences(parts, (0,reconcile/* differencesBetween */.F0)(index.entries, entries));
    const kept = { ...index, entries, reconciledAt: now };
    return known(parts, { store, found }, { isListed: true, kept });
}
async function findIndex({ stores, settings, report, signal }) {
    const store = await stores.openIndex();
    try {
        return { store, found: await (0,index_store/* loadIndex */.z)(store, settings.backend.bucket, signal) };
    }
    catch (error) {
        if (signal.aborted)
            throw signal.reason;
        report.info(`The index of snapshots could not be read: ${(0,explain/* reason */.l)(error)}`);
        return { store, found: {} };
    }
}
function whyAllAreListed({ index, version }, isDue) {
    if (isDue)
        return 'All snapshots are listed, as once a week, and compared with the index.';
    if (index)
        return 'All snapshots are listed: the index of them says that it is of a time to come.';
    return version === undefined
        ? 'All snapshots are listed: there is no index of them yet.'
        : 'All snapshots are listed: the index of them cannot be read, or is of another version.';
}
async function compareSome(parts, index) {
    const paths = (0,reconcile/* nextInRotation */.X$)(index.entries, index.comparedUpTo, COMPARED_IN_A_RUN);
    const listed = await Promise.all(paths.map(async (path) => [path, await listEntry(parts, path)]));
    const found = new Map(listed.flatMap(([path, entry]) => (entry ? [[path, entry]] : [])));
    const said = new Map(paths.flatMap((path) => entryIn(index.entries, path)));
    tellDifferences(parts, (0,reconcile/* differencesBetween */.F0)(said, found));
    const entries = new Map(index.entries);
    for (const [path, entry] of listed) {
        if (entry)
            entries.set(path, entry);
        else
            entries.delete(path);
    }
    return { entries, comparedUpTo: paths.at(-1) };
}
function entryIn(entries, path) {
    const entry = entries.get(path);
    return entry ? [[path, entry]] : [];
}
async function listEntry({ stores, signal }, path) {
    const { catalogue } = await stores.openState(path);
    const snapshots = [];
    for await (const snapshot of catalogue.list(signal))
        snapshots.push(snapshot);
    return (0,catalogue_index/* entryOf */.Ms)(snapshots);
}
function tellDifferences({ report }, differences) {
    const missing = differences.filter(({ kind }) => kind === 'missing').map(({ statePath }) => statePath);
    const behind = differences.length - missing.length;
    if (behind > 0)
        report.info(`The index of snapshots was behind in ${(0,words_counts/* counted */.h)(behind, 'state')}, and is mended.`);
    if (missing.length === 0)
        return;
    const more = missing.length > known_catalogues_MOST_NAMED ? `, and ${missing.length - known_catalogues_MOST_NAMED} more` : '';
    report.warning('Snapshots missing', `The newest verified snapshot that the index names is not there, of ${(0,words_counts/* counted */.h)(missing.length, 'state')}: ` +
        `${missing.slice(0, known_catalogues_MOST_NAMED).join(', ')}${more}. A person or a lifecycle rule removed it, or somebody changed the index. ` +
        'What the states have now is copied again.');
}
const known_catalogues_MOST_NAMED = 10;
const PATIENCE_MS = 5_000;
function known({ settings, report, clock, signal }, { store, found }, { isListed, kept }) {
    const entries = new Map(kept.entries);
    const { bucket } = settings.backend;
    let replaced = found.version;
    let isOvertaken = false;
    const write = async (retentionHash, until) => {
        const index = { ...without(kept), entries, ...(retentionHash !== undefined && { retentionHash }) };
        const written = await (0,index_store/* saveIndex */.m)(store, { bucket, index, replaced }, until);
        if (written === 'refused') {
            isOvertaken = true;
            report.info('The index of snapshots was written by another run meanwhile; this one leaves it as it is.');
        }
        else
            replaced = written.version;
    };
    return {
        entries,
        isListed,
        ...(kept.retentionHash !== undefined && { retentionHash: kept.retentionHash }),
        async save({ retentionHash }) {
            if (isOvertaken || settings.run.dryRun)
                return;
            try {
                if (!signal.aborted)
                    await write(retentionHash, signal);
                else
                    await (0,job_clock/* withTimeout */.w)(clock, PATIENCE_MS, (timeUp) => write(retentionHash, timeUp));
            }
            catch (error) {
                isOvertaken = true;
                report.warning('Index not written', `The index of snapshots was not written, so the next run takes longer: ${(0,explain/* reason */.l)(error)}`);
            }
        },
    };
}
const without = ({ retentionHash: _, ...index }) => index;

;// CONCATENATED MODULE: ./build/commands/backup/outputs.js
function setOutputs(runner, result, reportFile) {
    const { states, copied, unchanged, failed, pruned, bytes, oldestAgeMs } = result.totals;
    const numbers = { states, copied, unchanged, failed, pruned, bytes };
    for (const [name, value] of Object.entries(numbers))
        runner.setOutput(name, String(value));
    const seconds = oldestAgeMs === undefined ? '' : String(Math.floor(oldestAgeMs / 1_000));
    runner.setOutput('oldest_snapshot_age_seconds', seconds);
    runner.setOutput('report_file', reportFile);
}

;// CONCATENATED MODULE: ./build/commands/backup/report-lines.js
function reportLines(outcomes) {
    return outcomes.map((outcome) => JSON.stringify(lineOf(outcome)));
}
function lineOf({ state, result, entry, pruning }) {
    return {
        key: state.path,
        result: result.kind,
        bytes: state.bytes,
        modified: new Date(state.lastModified).toISOString(),
        ...resultFields(result),
        ...(entry?.verified && { verified: momentOf(entry.verified) }),
        ...(entry && { snapshots: entry.count }),
        ...(pruning && pruningFields(pruning)),
    };
}
function resultFields(result) {
    switch (result.kind) {
        case 'copied':
            return copyFields(result);
        case 'doubtful':
            return { ...copyFields(result), doubts: result.doubts };
        case 'failed':
            return { error: result.failure.message };
        case 'unchanged':
        case 'would-copy':
        case 'gone':
            return {};
    }
}
const copyFields = ({ serial, md5, key }) => ({
    ...(serial !== undefined && { serial }),
    md5,
    snapshot: key,
});
const pruningFields = ({ removed, problem }) => ({
    ...(removed.length > 0 && { pruned: removed }),
    ...(problem && { pruning_error: problem.message }),
});
const momentOf = ({ lastModified }) => new Date(lastModified).toISOString();

;// CONCATENATED MODULE: ./build/commands/backup/backup-states.js















async function backupStates(parts) {
    const { settings, clock, report, signal } = parts;
    (0,external_node_events_.setMaxListeners)(0, signal);
    const { result, versioning } = await backUp(parts).catch(async (error) => {
        await report.summary(stoppedBlocks((0,explain/* explain */.WE)(error)));
        throw error;
    });
    const failures = failuresOf(result, clock.now());
    tellLog(parts, result);
    (0,words_versioning/* warnOfVersioning */.o)(report, settings.backend.bucket, versioning);
    await report.summary(backupBlocks(result, clock.now()));
    const all = [...failures, ...(await handOn(parts, result))];
    if (all.length > 0)
        throw new AggregateError(all);
    await backup_states_callHeartbeat(parts);
}
async function backUp(parts) {
    const { settings, clock, report, signal } = parts;
    const startedAt = clock.now();
    const [states, index, versioning] = await Promise.all([
        meantStates(parts),
        findIndex(parts),
        findVersioning(parts),
    ]);
    report.info(`${(0,words_counts/* counted */.h)(states.length, 'state')} of the bucket "${settings.backend.bucket}" to look at.`);
    const paths = states.map(({ path }) => path);
    const known = await knowCatalogues(parts, index, paths);
    const gone = await goThrough(parts, { states, known });
    if (signal.aborted)
        throw cancelled(gone, signal);
    return { result: resultOf({ settings, outcomes: gone.outcomes, startedAt, now: clock.now() }), versioning };
}
async function meantStates({ settings, stores, signal }) {
    const { keys, backend } = settings;
    const states = [];
    let looked = 0;
    for await (const state of stores.listStates(signal)) {
        looked++;
        if ((0,key_globs/* isMeant */.E)(keys, state.path))
            states.push(state);
    }
    if (states.length > 0)
        return states;
    const globs = [...keys.included, ...keys.excluded.map((glob) => `!${glob}`)].join(', ');
    throw new failure/* Failure */.H('No states found', `No object of the bucket "${backend.bucket}" fits "keys" (${globs}); ${(0,words_counts/* counted */.h)(looked, 'object')} that may be states were looked at. ` +
        'Check "bucket" and "keys": states whose names do not end in .tfstate need a line of their own.');
}
async function findVersioning({ stores, report, signal, }) {
    try {
        return await stores.bucketVersioning(signal);
    }
    catch (error) {
        if (signal.aborted)
            throw signal.reason;
        report.info(`Whether the bucket is versioned could not be seen: ${(0,explain/* reason */.l)(error)}`);
        return undefined;
    }
}
function cancelled({ outcomes, total }, { reason: cause }) {
    const message = `The job was cancelled once ${outcomes.length} of ${(0,words_counts/* counted */.h)(total, 'state')} were done. ` +
        'What was copied stays, and the next run goes on from there.';
    return new failure/* Failure */.H('Cancelled', message, { cause });
}
const MOST_PLANS = 50;
function tellLog({ report }, result) {
    const { outcomes } = result;
    const failed = ofKind(outcomes, 'failed');
    if (failed.length > 0)
        report.group(`${(0,words_counts/* counted */.h)(failed.length, 'state')} failed`, failed.map((outcome) => `${outcome.state.path}: ${outcome.result.failure.message}`));
    const doubtful = ofKind(outcomes, 'doubtful');
    if (doubtful.length > 0)
        report.group(`${(0,words_counts/* counted */.h)(doubtful.length, 'state')} doubtful`, doubtful.map((outcome) => `${outcome.state.path}: ${outcome.result.doubts.join(' ')}`));
    const wouldCopy = ofKind(outcomes, 'would-copy');
    if (wouldCopy.length > 0)
        report.group(`${(0,words_counts/* counted */.h)(wouldCopy.length, 'state')} would be copied`, wouldCopy.map(({ state }) => state.path));
    tellPlans(report, result);
    report.info(totalsLine(result));
    const locked = lockedLine(outcomes);
    if (locked !== undefined)
        report.info(locked);
    const doubts = doubtfulWarning(outcomes);
    if (doubts !== undefined)
        report.warning('States are doubtful', doubts);
    const hindered = pruningWarning(outcomes);
    if (hindered !== undefined)
        report.warning('Snapshots not removed', hindered);
}
function tellPlans(report, { outcomes }) {
    const planned = outcomes.flatMap(({ state, pruning }) => pruning?.planned && pruning.removed.length > 0 ? [{ state, pruning, lines: pruning.planned }] : []);
    for (const { state, pruning, lines } of planned.slice(0, MOST_PLANS)) {
        const title = `Retention of ${state.path}, dry run: ${pruning.removed.length} would be removed, ${pruning.kept} kept`;
        report.group(title, lines);
    }
    if (planned.length > MOST_PLANS)
        report.info(`The plans of ${(0,words_counts/* counted */.h)(planned.length - MOST_PLANS, 'more state')} are in the report file.`);
}
async function handOn({ runner, writeReport }, result) {
    try {
        setOutputs(runner, result, await writeReport(reportLines(result.outcomes)));
        return [];
    }
    catch (error) {
        return [(0,explain/* explain */.WE)(error)];
    }
}
const HEARTBEAT_PATIENCE_MS = 10_000;
async function backup_states_callHeartbeat({ settings, clock, report, ...parts }) {
    const { heartbeatUrl, dryRun } = settings.run;
    if (heartbeatUrl === undefined || dryRun)
        return;
    try {
        await (0,job_clock/* withTimeout */.w)(clock, HEARTBEAT_PATIENCE_MS, (until) => parts.callHeartbeat(heartbeatUrl, until));
        report.info('The monitor at "heartbeat_url" was told of this run.');
    }
    catch (error) {
        report.warning('Heartbeat failed', `The monitor at "heartbeat_url" was not told of this run: ${(0,explain/* reason */.l)(error)}`);
    }
}

// EXTERNAL MODULE: ./build/commands/cli/consent.js
var consent = __webpack_require__(8448);
// EXTERNAL MODULE: ./build/config/inputs.js + 13 modules
var inputs = __webpack_require__(990);
// EXTERNAL MODULE: ./build/stores/open.js + 1 modules
var stores_open = __webpack_require__(6946);
// EXTERNAL MODULE: ./build/entrypoints/configured.js + 55 modules
var configured = __webpack_require__(87);
// EXTERNAL MODULE: ./build/entrypoints/surface.js
var surface = __webpack_require__(9835);
;// CONCATENATED MODULE: ./build/entrypoints/backup.js












async function backup() {
    await (0,run_step/* run */.e)({ failuresIn: explain/* failuresIn */.xM, work: (signal, over) => backupOn((0,surface/* jobSurface */.b)(signal, over)) });
}
async function backupOn({ env, asker, job, runner, report, confirm }) {
    const required = ['bucket'];
    const { settings, identity, roots } = await (0,configured/* configured */.t)(env, inputs/* parseBackupSettings */.tR, { ...asker, required });
    const removal = (0,consent/* removalConsent */.P)(settings);
    if (removal !== undefined)
        await confirm(removal);
    await backupStates({
        settings,
        stores: (0,stores_open/* openStores */.j)(settings, identity, roots),
        job,
        runner,
        writeReport: (lines) => (0,report_file/* writeReportFile */.a)(env, { name: 'backup', id: (0,external_node_crypto_.randomUUID)() }, lines),
        callHeartbeat: callHeartbeat,
        report,
        clock: job_clock/* systemClock */.m,
        signal: asker.signal,
    });
}


/***/ }),

/***/ 4650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ newestFirst),
/* harmony export */   q: () => (/* binding */ newestSnapshots)
/* harmony export */ });
async function newestSnapshots(catalogue, most, signal) {
    let newest = [];
    let total = 0;
    for await (const snapshot of catalogue.list(signal)) {
        newest.push(snapshot);
        total++;
        if (newest.length >= most + SPARE)
            newest = newest.sort(newestFirst).slice(0, most);
    }
    return { newest: newest.sort(newestFirst).slice(0, most), total };
}
const SPARE = 1_000;
function newestFirst(one, other) {
    return other.lastModified - one.lastModified || other.serial - one.serial || (one.key < other.key ? 1 : -1);
}


/***/ }),

/***/ 1283:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R: () => (/* binding */ prune)
});

// EXTERNAL MODULE: ./build/snapshots/newest.js
var newest = __webpack_require__(4650);
;// CONCATENATED MODULE: ./build/snapshots/retention/calendar.js
const periodOf = {
    hour: (epochMs) => iso(epochMs, 'YYYY-MM-DDTHH'.length),
    day: (epochMs) => iso(epochMs, 'YYYY-MM-DD'.length),
    week: weekOf,
    month: (epochMs) => iso(epochMs, 'YYYY-MM'.length),
    year: (epochMs) => iso(epochMs, 'YYYY'.length),
};
const iso = (epochMs, length) => new Date(epochMs).toISOString().slice(0, length);
const DAY_MS = 86_400_000;
function weekOf(epochMs) {
    const weekday = (new Date(epochMs).getUTCDay() + 6) % 7;
    const thursday = new Date(epochMs + (3 - weekday) * DAY_MS);
    const year = thursday.getUTCFullYear();
    const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
    return `${year}-W${week}`;
}
function momentBefore(epochMs, { years, months, days, hours }) {
    const date = new Date(epochMs);
    date.setUTCFullYear(date.getUTCFullYear() - years, date.getUTCMonth() - months, date.getUTCDate() - days);
    return date.getTime() - hours * 3_600_000;
}

;// CONCATENATED MODULE: ./build/snapshots/retention/rules.js

function keptByRule(rule, newestFirst, now) {
    const begin = beginOf(rule, newestFirst, now);
    let left = rule.kind === 'count' && rule.count !== 'unlimited' ? rule.count : Number.POSITIVE_INFINITY;
    let lastPeriod;
    return newestFirst.flatMap((snapshot, index) => {
        if (left === 0 || snapshot.lastModified <= begin)
            return [];
        const period = rule.per === 'snapshot' ? String(index) : periodOf[rule.per](snapshot.lastModified);
        const asOldest = period === lastPeriod;
        if (asOldest && index < newestFirst.length - 1)
            return [];
        lastPeriod = period;
        left--;
        return [{ snapshot, asOldest }];
    });
}
function beginOf(rule, newestFirst, now) {
    const newest = newestPast(newestFirst, now);
    return rule.kind === 'within' && newest
        ? momentBefore(newest.lastModified, rule.duration)
        : Number.NEGATIVE_INFINITY;
}
function newestPast(newestFirst, now) {
    return newestFirst.find(({ lastModified }) => lastModified < now);
}

;// CONCATENATED MODULE: ./build/snapshots/retention/plan.js


function planRetention(facts) {
    const sorted = eachOnce(facts.snapshots).sort(newest/* newestFirst */.l);
    const reasons = new Map(sorted.map((snapshot) => [snapshot, []]));
    const keep = (claims) => {
        for (const { snapshot, reason } of claims)
            reasons.get(snapshot)?.push(reason);
    };
    const isKept = (snapshot) => reasons.get(snapshot)?.length !== 0;
    keep(claimsOfRules(sorted.filter(isVerified), facts));
    keep(claimsOfFloors(sorted, facts));
    keep(claimsBeside(sorted, isKept));
    return {
        keep: [...reasons].flatMap(([snapshot, own]) => (own.length > 0 ? [{ snapshot, reasons: own }] : [])),
        remove: sorted.filter((snapshot) => !isKept(snapshot)),
    };
}
const eachOnce = (snapshots) => [
    ...new Map(snapshots.map((snapshot) => [snapshot.key, snapshot])).values(),
];
const isVerified = ({ kind }) => kind === 'verified';
function claimsOfRules(verified, { rules, now }) {
    return rules.flatMap((rule) => keptByRule(rule, verified, now).map(({ snapshot, asOldest }) => ({
        snapshot,
        reason: { kind: 'rule', rule, asOldest },
    })));
}
function claimsOfFloors(sorted, facts) {
    const { rules, now, currentTag } = facts;
    const verified = sorted.filter(isVerified);
    const newest = newestPast(sorted, now);
    const newestVerified = newestPast(verified, now) ?? verified[0];
    const floors = [
        ['no-rule', () => rules.length === 0],
        ['no-state', () => currentTag === undefined],
        ['newest', (snapshot) => snapshot === newest],
        ['newest-verified', (snapshot) => snapshot === newestVerified],
        ['current', ({ tag }) => tag === currentTag],
        ['recent-restore', ({ kind, storedAt }) => kind === 'pre-restore' && now - storedAt < WEEK_MS],
    ];
    return floors.flatMap(([kind, applies]) => sorted.filter(applies).map((snapshot) => ({ snapshot, reason: { kind } })));
}
const WEEK_MS = 7 * 86_400_000;
function claimsBeside(sorted, isKept) {
    const newer = verifiedBefore(sorted);
    const older = verifiedBefore(sorted.toReversed()).toReversed();
    const staying = sorted.filter((snapshot, index) => {
        const around = [newer[index], older[index]].filter((each) => each !== undefined);
        return !isVerified(snapshot) && (around.length === 0 || around.some(isKept));
    });
    return staying.map((snapshot) => ({ snapshot, reason: { kind: 'beside' } }));
}
function verifiedBefore(list) {
    let last;
    return list.map((snapshot) => {
        const before = last;
        if (isVerified(snapshot))
            last = snapshot;
        return before;
    });
}

;// CONCATENATED MODULE: ./build/snapshots/retention/prune.js

async function prune(catalogue, { retention, now, currentTag, expected, signal }) {
    const snapshots = expected ? [expected] : [];
    for await (const snapshot of catalogue.list(signal))
        snapshots.push(snapshot);
    const plan = planRetention({ snapshots, rules: retention.rules, now, currentTag });
    if (retention.dryRun || plan.remove.length === 0)
        return { plan, removals: [] };
    const keys = plan.remove.map(({ key }) => key);
    return { plan, removals: await catalogue.remove(keys, { now, signal }) };
}


/***/ }),

/***/ 3748:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ planLines)
/* harmony export */ });
/* harmony import */ var _config_retention_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1005);

function planLines({ keep, remove }) {
    const kept = keep.map(({ snapshot, reasons }) => ({
        snapshot,
        line: `keep    ${nameOf(snapshot.key)}: ${reasons.map(reasonWords).join('; ')}`,
    }));
    const removed = remove.map((snapshot) => ({ snapshot, line: `remove  ${nameOf(snapshot.key)}` }));
    return [...kept, ...removed]
        .sort((one, other) => other.snapshot.lastModified - one.snapshot.lastModified)
        .map(({ line }) => line);
}
const nameOf = (key) => key.slice(key.lastIndexOf('/') + 1);
function reasonWords(reason) {
    if (reason.kind !== 'rule')
        return FLOORS[reason.kind];
    return `${ruleWords(reason.rule)}${reason.asOldest ? ', as the oldest' : ''}`;
}
function ruleWords(rule) {
    return rule.kind === 'count'
        ? `${_config_retention_js__WEBPACK_IMPORTED_MODULE_0__/* .COUNT_INPUTS */ .sR[rule.per]} ${rule.count}`
        : `${_config_retention_js__WEBPACK_IMPORTED_MODULE_0__/* .WITHIN_INPUTS */ .Yk[rule.per]} ${(0,_config_retention_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCalendarDuration */ .Qh)(rule.duration)}`;
}
const FLOORS = {
    'no-rule': 'nothing says what to keep',
    'no-state': 'there is no state any more',
    newest: 'the newest',
    'newest-verified': 'the newest verified one',
    current: 'the version that the state has now',
    'recent-restore': 'from before a restore of the last 7 days',
    beside: 'not verified, beside a verified one that stays',
};


/***/ })

};
