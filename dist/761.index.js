export const id = 761;
export const ids = [761];
export const modules = {

/***/ 5619:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IB: () => (/* binding */ serialOf),
/* harmony export */   bQ: () => (/* binding */ lineageOf),
/* harmony export */   fT: () => (/* binding */ lookAtCurrentState),
/* harmony export */   hS: () => (/* binding */ isReadable)
/* harmony export */ });
/* harmony import */ var _state_read_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5296);

async function lookAtCurrentState({ state, writer, clock }, signal) {
    const reading = await (0,_state_read_state_js__WEBPACK_IMPORTED_MODULE_0__/* .readState */ .u)(state, { clock, digestPatienceMs: 0, signal });
    switch (reading.kind) {
        case 'state':
            return reading;
        case 'absent':
            return { kind: 'absent', digest: reading.digest, emptyObject: await writer.emptyObject(signal) };
        case 'unchanged':
            throw new Error('A reader that names no version cannot hear that it is unchanged.');
    }
}
function isReadable(current) {
    return current.kind === 'state' && current.inspection.doubts.length === 0;
}
function serialOf(current) {
    return current.kind === 'state' ? current.inspection.header.serial : undefined;
}
function lineageOf(current) {
    return current.kind === 'state' ? current.inspection.header.lineage : undefined;
}


/***/ }),

/***/ 4423:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HX: () => (/* binding */ notAsWritten),
/* harmony export */   N9: () => (/* binding */ digestByAnother),
/* harmony export */   Od: () => (/* binding */ preRestoreNotStored),
/* harmony export */   TG: () => (/* binding */ again),
/* harmony export */   VM: () => (/* binding */ interrupted),
/* harmony export */   Yt: () => (/* binding */ againBelow),
/* harmony export */   _z: () => (/* binding */ resultNotStored),
/* harmony export */   ev: () => (/* binding */ heldByJobOfRestore),
/* harmony export */   hb: () => (/* binding */ snapshotLine)
/* harmony export */ });
/* harmony import */ var _job_blocks_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5572);
/* harmony import */ var _job_cancelled_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1196);
/* harmony import */ var _words_explain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5604);
/* harmony import */ var _words_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1100);
/* harmony import */ var _words_linked_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(137);





function preRestoreNotStored(error) {
    return new _words_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .H('Snapshot not stored', `${(0,_words_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .reason */ .l)(error)}\nWithout a copy of what is there now, there would be no way back, so nothing was changed.`, { cause: error });
}
function resultNotStored(error, { snapshot }) {
    const { key } = snapshot.listed;
    const found = `${(0,_words_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .reason */ .l)(error)}\nThe state is restored, and there is no snapshot yet of what it is now.`;
    return new _words_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .H('Snapshot not stored', `${found} ${again(key)}`, {
        cause: error,
        details: againBelow(found, key),
    });
}
function interrupted(error, { plan, preRestore, catalogue }) {
    const kept = preRestore
        ? ` A copy of what was there before is kept at s3://${catalogue.bucket}/${preRestore.key}.`
        : '';
    const { key } = plan.snapshot.listed;
    const stands = error instanceof Overtaken ? OVERTAKEN : WHOLE;
    const found = `${middleOf(error)}\n${stands}${kept}`;
    return new _words_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .H('Restore not finished', `${found} ${again(key)}`, {
        cause: error,
        details: againBelow(found, key),
    });
}
const WHOLE = 'The state is whole, as it was or as the snapshot has it, and Terraform works with either.';
const OVERTAKEN = 'Look at what is there now, and find out who writes past the lock: Terraform may refuse a state and a digest that do not ' +
    'fit each other.';
class Overtaken extends Error {
    name = 'Overtaken';
}
const digestByAnother = () => new Overtaken("The state is restored, but somebody else has written Terraform's digest meanwhile.");
const middleOf = (error) => error instanceof _job_cancelled_error_js__WEBPACK_IMPORTED_MODULE_3__/* .CancelledError */ .c ? 'The job was cancelled in the middle of the restore.' : (0,_words_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .reason */ .l)(error);
function again(key) {
    return `To complete the restore, run it again with "snapshot: ${key}".`;
}
function againBelow(found, key) {
    const text = (0,_words_linked_text_js__WEBPACK_IMPORTED_MODULE_2__/* .linked */ .q)(`${found} To complete the restore, run it again with this:`, LONGEST_MESSAGE);
    return [
        { kind: 'paragraph', text },
        { kind: 'code', language: 'yaml', lines: [snapshotLine(key)] },
    ];
}
const LONGEST_MESSAGE = 4_000;
const LONGEST_KEY = 1_200;
function snapshotLine(key) {
    return ['snapshot: ', (0,_job_blocks_js__WEBPACK_IMPORTED_MODULE_4__/* .plain */ .pj)(key, LONGEST_KEY)];
}
function notAsWritten({ md5, serial }, read) {
    const found = read.kind === 'absent'
        ? 'there is no state'
        : `the state there has the MD5 ${read.md5}. ${read.doubts.join(' ')}`.trimEnd();
    return new Overtaken(`What was read back is not what was written: the state of serial ${serial.after} has the MD5 ${md5}, and ${found}`);
}
function heldByJobOfRestore(path, id) {
    return new _words_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .H('Lock held by this job', `An earlier step of this job holds the lock ${path}, under the ID ${id}, until the job ends. Restore in a job of its ` +
        'own: whatever this one has planned would not fit the restored state.');
}


/***/ }),

/***/ 240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cb: () => (/* binding */ leftBlocks),
/* harmony export */   Vk: () => (/* binding */ CUT_OFF),
/* harmony export */   a5: () => (/* binding */ notRestoredBlocks),
/* harmony export */   dK: () => (/* binding */ restoredBlocks),
/* harmony export */   v1: () => (/* binding */ dryRunBlocks),
/* harmony export */   yI: () => (/* binding */ lateReleaseBlocks)
/* harmony export */ });
/* harmony import */ var _job_blocks_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5572);
/* harmony import */ var _names_lock_place_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5458);
/* harmony import */ var _words_bytes_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1349);
/* harmony import */ var _words_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1384);
/* harmony import */ var _words_facts_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2369);
/* harmony import */ var _words_linked_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(137);
/* harmony import */ var _hold_summary_change_blocks_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6399);
/* harmony import */ var _current_state_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5619);
/* harmony import */ var _mishaps_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4423);
/* harmony import */ var _restore_log_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8647);










const LONGEST = { path: 1_200, sentence: 1_000, message: 4_000 };
function restoredBlocks(plan, { preRestore, result, failures }, facts) {
    const { bucket } = facts.settings.backup;
    const [failure] = failures;
    const cautious = (0,_restore_log_js__WEBPACK_IMPORTED_MODULE_5__/* .cautionsOf */ .Y_)(plan).length > 0;
    const sign = failure ? '❌' : cautious ? '⚠️' : '✅';
    const copies = [
        ...(preRestore ? [(0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .fact */ .fK)('Copy of what was there', (0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .location */ .C5)(bucket, preRestore.key))] : []),
        ...(result ? [(0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .fact */ .fK)('Snapshot of the restored state', (0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .location */ .C5)(bucket, result.key))] : []),
    ];
    return [
        heading(sign, failure ? `${doneWords(plan)} · ${failure.title}` : doneWords(plan), facts),
        glance(plan, preRestore ? ['a copy of what was there is kept'] : mended(plan, facts), facts),
        ...failures.flatMap(failureBlocks),
        ...(plan.kind === 'in-place' ? [] : planBlocks(plan, facts)),
        ...(preRestore ? wayBack(plan, preRestore.key) : []),
        places(plan, facts, copies),
    ];
}
function mended({ kind, digestDiffers }, { settings: { locking } }) {
    const hasDigest = locking.lock.kind === 'dynamodb' || locking.lock.kind === 'both';
    return kind === 'in-place' && digestDiffers && hasDigest ? ["Terraform's digest of it was put right"] : [];
}
function dryRunBlocks(plan, facts) {
    return [
        heading('🔎', `dry run, ${planWords(plan)}`, facts),
        glance(plan, ['nothing was changed'], facts),
        ...planBlocks(plan, facts),
        places(plan, facts, []),
    ];
}
function notRestoredBlocks(failure, { settings, lock }) {
    return [
        heading('❌', failure.headline ? undefined : failure.title, { settings }, failure.headline),
        ...(lock === 'left' ? [{ kind: 'paragraph', text: LOCK_LEFT }] : []),
        ...failureBlocks(failure),
    ];
}
const LOCK_LEFT = 'The lock may still be held by this step: its post step tries again to free it.';
function leftBlocks(settings, { lock, key }) {
    const freed = lock === 'released' ? 'The main step had left its lock, and the lock is free again. ' : '';
    return [
        heading('⚠️', 'the restore was cut off', { settings }),
        ...(key === undefined
            ? [{ kind: 'paragraph', text: `${freed}Nothing of the state was changed.` }]
            : (0,_mishaps_js__WEBPACK_IMPORTED_MODULE_4__/* .againBelow */ .Yt)(`${freed}${CUT_OFF}`, key)),
    ];
}
function lateReleaseBlocks(settings) {
    const text = 'The state is restored. The main step had left its lock, and the lock is free again.';
    return [heading('⚠️', 'the lock was released late', { settings }), { kind: 'paragraph', text }];
}
const CUT_OFF = 'The main step ended before it could say how far the restore had come. The state is whole, as it was or as the snapshot ' +
    'has it, and Terraform works with either.';
function heading(sign, outcome, { settings: { backend } }, headline = '') {
    const how = outcome === undefined ? ` ${headline}` : ` · ${outcome}`;
    return { kind: 'heading', text: [`${sign} `, (0,_job_blocks_js__WEBPACK_IMPORTED_MODULE_7__/* .plain */ .pj)(backend.statePath, LONGEST.path), how] };
}
const doneWords = (plan) => plan.kind === 'in-place' ? planWords(plan) : `restored, ${planWords(plan)}`;
function planWords({ kind, serial, current }) {
    if (kind === 'in-place')
        return `serial ${serial.after}, already what the snapshot has`;
    const before = current.kind === 'absent' ? 'no state' : `serial ${serial.before ?? 'unknown'}`;
    return `${before} → ${current.kind === 'absent' ? 'serial ' : ''}${serial.after}`;
}
function glance(plan, more, { now }) {
    const { snapshot, changes } = plan;
    const facts = [
        ...(changes ? [(0,_job_blocks_js__WEBPACK_IMPORTED_MODULE_7__/* .strong */ .ko)((0,_hold_summary_change_blocks_js__WEBPACK_IMPORTED_MODULE_2__/* .countsOf */ .mQ)(changes))] : []),
        `from the snapshot of serial ${snapshot.serial}, written ${ago(snapshot.listed.lastModified, now)}`,
        ...more,
    ];
    return { kind: 'paragraph', text: (0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .inOneLine */ .UX)(facts) };
}
const ago = (epochMs, now) => `${(0,_words_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .spellDuration */ .j)(Math.max(0, now - epochMs))} ago`;
function planBlocks(plan, facts) {
    const { changes } = plan;
    const cautions = (0,_restore_log_js__WEBPACK_IMPORTED_MODULE_5__/* .cautionsOf */ .Y_)(plan).map(({ message }) => (0,_job_blocks_js__WEBPACK_IMPORTED_MODULE_7__/* .plain */ .pj)(message, LONGEST.sentence));
    const doubts = plan.current.kind === 'state' ? plan.current.doubts : [];
    return [
        {
            kind: 'list',
            items: [...cautions, ...doubts.map((doubt) => [WAS_DOUBTFUL, (0,_job_blocks_js__WEBPACK_IMPORTED_MODULE_7__/* .plain */ .pj)(doubt, LONGEST.sentence)])],
        },
        beforeAndAfter(plan, facts),
        ...(changes ? [(0,_hold_summary_change_blocks_js__WEBPACK_IMPORTED_MODULE_2__/* .changeList */ .Fs)(changes)] : []),
    ];
}
const WAS_DOUBTFUL = 'What was there is doubtful: ';
function beforeAndAfter({ snapshot, current, serial, body }, { now }) {
    const was = current.kind === 'state' ? current : undefined;
    const resources = (of) => String(of?.size ?? 'unknown');
    return {
        kind: 'rows',
        header: ['', 'Before', 'After'],
        rows: [
            ['Serial', was ? String(serial.before ?? 'unknown') : 'no state', String(serial.after)],
            [
                'Resources',
                was ? resources(was.inspection.resources) : '0',
                resources(snapshot.inspection.resources),
            ],
            ['Written', was ? ago(was.version.lastModified, now) : '', ago(snapshot.listed.lastModified, now)],
            ['Size', was ? (0,_words_bytes_js__WEBPACK_IMPORTED_MODULE_8__/* .spellBytes */ .G)(was.body.length) : '', (0,_words_bytes_js__WEBPACK_IMPORTED_MODULE_8__/* .spellBytes */ .G)(body.length)],
        ],
    };
}
function wayBack({ current }, key) {
    if (!(0,_current_state_js__WEBPACK_IMPORTED_MODULE_3__/* .isReadable */ .hS)(current))
        return [];
    return [
        { kind: 'paragraph', text: 'The way back, to what was there before:' },
        { kind: 'code', language: 'yaml', lines: [(0,_mishaps_js__WEBPACK_IMPORTED_MODULE_4__/* .snapshotLine */ .hb)(key)] },
    ];
}
function failureBlocks({ message, details }) {
    return details ?? [{ kind: 'paragraph', text: (0,_words_linked_text_js__WEBPACK_IMPORTED_MODULE_1__/* .linked */ .q)(message, LONGEST.message) }];
}
function places({ snapshot, lineage }, { settings: { backend, backup, locking } }, copies) {
    const { path } = (0,_names_lock_place_js__WEBPACK_IMPORTED_MODULE_9__/* .lockPlace */ .n)(backend, locking.scope.kind);
    const items = [
        (0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .fact */ .fK)('State', (0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .location */ .C5)(backend.bucket, backend.statePath)),
        (0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .fact */ .fK)('Snapshot', (0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .location */ .C5)(backup.bucket, snapshot.listed.key)),
        ...copies,
        (0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .fact */ .fK)('Lineage', (0,_job_blocks_js__WEBPACK_IMPORTED_MODULE_7__/* .code */ .aY)(lineage.after, LONGEST.path)),
        ...(lineage.before !== undefined && lineage.before !== lineage.after
            ? [(0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .fact */ .fK)('Lineage before', (0,_job_blocks_js__WEBPACK_IMPORTED_MODULE_7__/* .code */ .aY)(lineage.before, LONGEST.path))]
            : []),
        ...(locking.lock.kind === 'none' ? [] : [(0,_words_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .fact */ .fK)('Lock path', (0,_job_blocks_js__WEBPACK_IMPORTED_MODULE_7__/* .code */ .aY)(path, LONGEST.path))]),
    ];
    return { kind: 'details', title: 'State and snapshots', blocks: [{ kind: 'list', items }] };
}


/***/ }),

/***/ 8647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xo: () => (/* binding */ restoreSettingsLines),
/* harmony export */   Y_: () => (/* binding */ cautionsOf),
/* harmony export */   fb: () => (/* binding */ tellPlan)
/* harmony export */ });
/* unused harmony export planLines */
/* harmony import */ var _config_snapshot_reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5607);
/* harmony import */ var _words_bytes_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1349);
/* harmony import */ var _words_moment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5052);
/* harmony import */ var _words_reach_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6249);
/* harmony import */ var _hold_summary_change_blocks_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6399);
/* harmony import */ var _hold_summary_settings_lines_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4999);
/* harmony import */ var _current_state_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5619);







function restoreSettingsLines(settings) {
    const { backup, restore } = settings;
    const reach = (0,_words_reach_js__WEBPACK_IMPORTED_MODULE_1__/* .reachLine */ .Wz)(settings);
    return [
        ...(0,_hold_summary_settings_lines_js__WEBPACK_IMPORTED_MODULE_3__/* .placeLines */ .L)(settings),
        `Snapshots: in s3://${backup.bucket}/${backup.prefix}`,
        `Restore: ${(0,_config_snapshot_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .formatSnapshotReference */ .T)(restore.snapshot)}${restore.dryRun ? ', dry run' : ''}`,
        ...(reach === undefined ? [] : [reach]),
    ];
}
function tellPlan(report, plan, now) {
    for (const line of planLines(plan, now))
        report.info(line);
    for (const { title, message } of cautionsOf(plan))
        report.warning(title, message);
}
function planLines(plan, now) {
    const { snapshot, serial, lineage, changes } = plan;
    const { listed, body, checked } = snapshot;
    return [
        `Snapshot ${listed.key}: serial ${snapshot.serial}, written ${(0,_words_moment_js__WEBPACK_IMPORTED_MODULE_0__/* .formatMoment */ .K)(listed.lastModified, now)}, ${(0,_words_bytes_js__WEBPACK_IMPORTED_MODULE_6__/* .formatBytes */ .z)(body.length)}`,
        ...(checked
            ? []
            : ['No checksum was recorded with it, so whether its bytes are as they were is unknown.']),
        `What is there now: ${currentWords(plan, now)}`,
        plan.kind === 'in-place'
            ? 'The state is what the snapshot has already.'
            : `Serial ${serial.before ?? 'unknown'} -> ${serial.after}, lineage ${lineage.after}`,
        ...(changes ? [`Resources: ${(0,_hold_summary_change_blocks_js__WEBPACK_IMPORTED_MODULE_2__/* .countsOf */ .mQ)(changes)}`, ...addresses(plan)] : []),
    ];
}
function currentWords({ current }, now) {
    if (current.kind === 'absent')
        return 'no state';
    const { serial, lineage } = current.inspection.header;
    const what = (0,_current_state_js__WEBPACK_IMPORTED_MODULE_4__/* .isReadable */ .hS)(current)
        ? `serial ${serial}, lineage ${lineage}`
        : 'nothing that Terraform would read';
    const written = `written ${(0,_words_moment_js__WEBPACK_IMPORTED_MODULE_0__/* .formatMoment */ .K)(current.version.lastModified, now)}`;
    return [what, written, (0,_words_bytes_js__WEBPACK_IMPORTED_MODULE_6__/* .formatBytes */ .z)(current.body.length), ...current.doubts].join(', ');
}
const MOST_ADDRESSES = 50;
function addresses({ changes }) {
    if (!changes)
        return [];
    const lines = [
        ...changes.added.map((address) => `  + ${address}`),
        ...changes.removed.map((address) => `  - ${address}`),
        ...changes.changed.map((address) => `  ~ ${address}`),
    ];
    const more = lines.length - MOST_ADDRESSES;
    return more > 0 ? [...lines.slice(0, MOST_ADDRESSES), `  and ${more} more`] : lines;
}
function cautionsOf({ snapshot, verbatim, kind }) {
    const { listed, serial } = snapshot;
    return [
        ...(listed.kind === 'doubtful'
            ? [
                {
                    title: 'Snapshot is doubtful',
                    message: `The snapshot ${listed.key} was not what Terraform's digest said when it was taken, so it may not be what Terraform had written last.`,
                },
            ]
            : []),
        ...(verbatim && kind === 'restore'
            ? [
                {
                    title: 'Serial not raised',
                    message: `OpenTofu has encrypted the state, its serial too, so it is put back as it is, with serial ${serial}. A plan that was saved at that serial fits it again: delete such plans, and make new ones.`,
                },
            ]
            : []),
    ];
}


/***/ }),

/***/ 6219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ formatRestoreRunState),
/* harmony export */   K: () => (/* binding */ parseRestoreRunState)
/* harmony export */ });
/* harmony import */ var _names_version_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6427);
/* harmony import */ var _hold_run_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9444);


function formatRestoreRunState(state) {
    return JSON.stringify({ version: _names_version_js__WEBPACK_IMPORTED_MODULE_1__/* .VERSION */ .x, ...state });
}
function parseRestoreRunState(text) {
    return (0,_hold_run_state_js__WEBPACK_IMPORTED_MODULE_0__/* .parseOfThisVersion */ .fU)(text);
}


/***/ }),

/***/ 5142:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  restorePost: () => (/* binding */ restorePost)
});

// EXTERNAL MODULE: ./build/actions/config-files.js
var config_files = __webpack_require__(6510);
// EXTERNAL MODULE: ./build/actions/github-report.js
var github_report = __webpack_require__(7996);
// EXTERNAL MODULE: ./build/actions/github-runner.js
var github_runner = __webpack_require__(9692);
// EXTERNAL MODULE: ./build/actions/masking.js
var masking = __webpack_require__(4952);
// EXTERNAL MODULE: ./build/actions/run-step.js
var run_step = __webpack_require__(3808);
// EXTERNAL MODULE: ./build/commands/hold/not-started.js
var not_started = __webpack_require__(4748);
// EXTERNAL MODULE: ./build/commands/hold/post-roots.js
var post_roots = __webpack_require__(5603);
// EXTERNAL MODULE: ./build/words/failure.js
var failure = __webpack_require__(1100);
// EXTERNAL MODULE: ./build/commands/hold/free-leftover.js
var free_leftover = __webpack_require__(5571);
// EXTERNAL MODULE: ./build/commands/restore/mishaps.js
var mishaps = __webpack_require__(4423);
// EXTERNAL MODULE: ./build/commands/restore/restore-blocks.js
var restore_blocks = __webpack_require__(240);
;// CONCATENATED MODULE: ./build/commands/restore/free-after-restore.js




async function freeAfterRestore(parts) {
    const { report, runState } = parts;
    const { settings, progress } = runState;
    if (progress.phase === 'over')
        return;
    const { claim } = progress;
    const lock = await (0,free_leftover/* freeClaim */.n)({ ...parts, settings }, claim);
    if (lock instanceof failure/* Failure */.H) {
        await report.summary((0,restore_blocks/* notRestoredBlocks */.a5)(lock, { settings, lock: 'free' }));
        throw lock;
    }
    if (progress.phase === 'restored') {
        if (lock === 'released')
            await report.summary((0,restore_blocks/* lateReleaseBlocks */.yI)(settings));
        return;
    }
    const { key } = progress;
    if (key !== undefined)
        report.warning('Restore not finished', `${restore_blocks/* CUT_OFF */.Vk} ${(0,mishaps/* again */.TG)(key)}`);
    if (lock === 'released' || key !== undefined)
        await report.summary((0,restore_blocks/* leftBlocks */.Cb)(settings, { lock, key }));
}

// EXTERNAL MODULE: ./build/commands/restore/run-state.js
var run_state = __webpack_require__(6219);
// EXTERNAL MODULE: ./build/config/secrets.js
var secrets = __webpack_require__(3654);
// EXTERNAL MODULE: ./build/job/clock.js
var clock = __webpack_require__(1434);
// EXTERNAL MODULE: ./build/lock/persistent.js
var persistent = __webpack_require__(7589);
// EXTERNAL MODULE: ./build/stores/aws/identities/resumed-identity.js
var resumed_identity = __webpack_require__(1824);
// EXTERNAL MODULE: ./build/stores/open.js + 1 modules
var stores_open = __webpack_require__(6946);
// EXTERNAL MODULE: ./build/words/explain.js + 1 modules
var explain = __webpack_require__(5604);
// EXTERNAL MODULE: ./build/entrypoints/surroundings.js + 1 modules
var entrypoints_surroundings = __webpack_require__(1146);
;// CONCATENATED MODULE: ./build/entrypoints/restore-post.js
















async function restorePost() {
    await (0,run_step/* run */.e)({ failuresIn: explain/* failuresIn */.xM, work });
}
const PERSISTENCE = { clock: clock/* systemClock */.m, random: Math.random, reached: true };
async function work(_, over) {
    const runState = await (0,not_started/* tellingFailures */.l2)(github_report/* githubReport */.y, () => (0,run_state/* parseRestoreRunState */.K)((0,github_runner/* savedRunState */.u)()));
    if (!runState)
        return;
    (0,masking/* mask */.dK)((0,secrets/* secretsOf */.F)(runState));
    const { settings, credentials } = runState;
    const roots = (0,post_roots/* postRoots */.i)(settings.reach, { files: config_files/* machineFiles */.d, report: github_report/* githubReport */.y });
    const surroundings = (0,entrypoints_surroundings/* surroundingsOf */.Z)(settings, { roots, over });
    const identity = (0,resumed_identity/* resumedIdentity */.a)(credentials, settings.credentials, surroundings);
    const stores = (0,stores_open/* openStores */.j)(settings, identity, roots);
    await freeAfterRestore({
        runState,
        openLock: () => stores.openLock(settings.backend.statePath, (record) => (0,persistent/* persistentLock */.T)(record, PERSISTENCE)),
        isAnother: () => identity.isAnother?.() ?? false,
        report: github_report/* githubReport */.y,
        clock: clock/* systemClock */.m,
    });
}


/***/ }),

/***/ 1349:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ spellBytes),
/* harmony export */   z: () => (/* binding */ formatBytes)
/* harmony export */ });
/* harmony import */ var _no_break_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2761);

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
function formatBytes(bytes) {
    return inUnits(bytes, ' ');
}
function spellBytes(bytes) {
    return inUnits(bytes, _no_break_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_BREAK */ .Y);
}
function inUnits(bytes, space) {
    const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    const value = bytes / 1_000 ** power;
    return `${value < 10 && power > 0 ? Math.floor(value * 10) / 10 : Math.floor(value)}${space}${UNITS[power]}`;
}


/***/ }),

/***/ 5052:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ formatMoment)
/* harmony export */ });
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1384);

function formatMoment(epochMs, now) {
    const minute = new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ');
    return `${minute} UTC, ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a)(Math.max(0, now - epochMs))} ago`;
}


/***/ })

};
