export const id = 688;
export const ids = [688];
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

/***/ 559:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ restoreOutputs)
/* harmony export */ });
function restoreOutputs(plan, { backup }, done) {
    const { snapshot, serial, lineage, changes } = plan;
    return {
        restored: String(done !== undefined && plan.kind === 'restore'),
        snapshot_bucket: backup.bucket,
        snapshot_key: snapshot.listed.key,
        ...(serial.before !== undefined && { serial_before: String(serial.before) }),
        serial_after: String(serial.after),
        state_lineage: lineage.after,
        ...(done?.preRestore && { pre_restore_key: done.preRestore.key }),
        ...(changes && {
            added: String(changes.added.length),
            removed: String(changes.removed.length),
            changed: String(changes.changed.length),
        }),
    };
}


/***/ }),

/***/ 8128:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mY: () => (/* binding */ foreseeRestore),
  aX: () => (/* binding */ restoreState),
  Ur: () => (/* binding */ warnOfNoLock)
});

// EXTERNAL MODULE: ./build/job/persistence.js
var persistence = __webpack_require__(6987);
// EXTERNAL MODULE: ./build/commands/hold/take-lock.js + 4 modules
var take_lock = __webpack_require__(5055);
// EXTERNAL MODULE: ./build/snapshots/snapshot.js
var snapshot = __webpack_require__(1180);
// EXTERNAL MODULE: ./build/commands/restore/current-state.js
var current_state = __webpack_require__(5619);
// EXTERNAL MODULE: ./build/commands/restore/mishaps.js
var mishaps = __webpack_require__(4423);
// EXTERNAL MODULE: ./build/config/snapshot-reference.js
var snapshot_reference = __webpack_require__(5607);
// EXTERNAL MODULE: ./build/snapshots/newest.js
var newest = __webpack_require__(4650);
// EXTERNAL MODULE: ./build/words/failure.js
var failure = __webpack_require__(1100);
;// CONCATENATED MODULE: ./build/commands/restore/refusals.js



const MOST_NAMED = 5;
function noSuchSnapshot(reference, { passedOver, snapshots, catalogue }) {
    const where = `s3://${catalogue.bucket}/${catalogue.prefix}`;
    if (snapshots.length === 0) {
        return new failure/* Failure */.H('Snapshot not found', `There is no snapshot of this state below ${where}. Check "key", "workspace", "backup_bucket" and "backup_prefix".`);
    }
    const wanted = (0,snapshot_reference/* formatSnapshotReference */.T)(reference);
    if (passedOver.length > 0) {
        return new failure/* Failure */.H('Snapshot not found', `There is no verified snapshot for "snapshot: ${wanted}" below ${where}. What there is, newest first, can be restored ` +
            `by its key: ${named(passedOver)}.`);
    }
    return new failure/* Failure */.H('Snapshot not found', `There is no snapshot for "snapshot: ${wanted}" below ${where}. The nearest are ${named(nearest(reference, snapshots))}.`);
}
function severalSnapshots(reference, snapshots) {
    return new failure/* Failure */.H('Snapshot not found', `More than one state has been stored for "snapshot: ${(0,snapshot_reference/* formatSnapshotReference */.T)(reference)}". Name the one that is meant ` +
        `by its key, newest first: ${named(snapshots)}.`);
}
function nearest(reference, snapshots) {
    switch (reference.kind) {
        case 'serial':
            return snapshots.toSorted((one, other) => distance(one.serial, reference.serial) - distance(other.serial, reference.serial));
        case 'before':
            return snapshots.toSorted((one, other) => (0,newest/* newestFirst */.l)(other, one));
        case 'latest':
        case 'latest-verified':
        case 'key':
            return snapshots.toSorted(newest/* newestFirst */.l);
    }
}
const distance = (one, other) => Math.abs(one - other);
function named(snapshots) {
    const more = snapshots.length > MOST_NAMED ? ` and ${snapshots.length - MOST_NAMED} more` : '';
    const some = snapshots.slice(0, MOST_NAMED).map(({ key, serial }) => `${key} (serial ${serial})`);
    return some.join(', ') + more;
}
function snapshotDamaged(key, damage) {
    return new failure/* Failure */.H('Snapshot refused', `The bytes of the snapshot ${key} are not those that were stored: ${damage}. Somebody or something has changed it. ` +
        'Nothing was changed. Restore another snapshot.');
}
function snapshotNoState(key, doubts) {
    return new failure/* Failure */.H('Snapshot refused', `The snapshot ${key} is not a state that Terraform would read. ${doubts.join(' ')} Nothing was changed. Restore ` +
        'another snapshot; "snapshot: latest-verified" is the newest that was sound.');
}
function serialTooHigh(key, highest) {
    return new failure/* Failure */.H('Snapshot refused', `The snapshot ${key} cannot get a serial above all that are known, because the highest is ${highest} already. Nothing ` +
        'was changed. Remove the copy that has it from the snapshots if it is no true one.');
}
function anotherLineage(key, { before, after }) {
    return new failure/* Failure */.H('Another lineage', `The snapshot ${key} has the lineage ${after}, and the state ${before}: they are not versions of one state. Nothing ` +
        'was changed. If it shall take the place of that state all the same, set "allow_lineage_change: true".');
}
function changedMeanwhile(where, { digestRemoved = false } = {}) {
    const digest = digestRemoved
        ? " Terraform's digest of what was there before was removed, so Terraform takes what is there now without one."
        : '';
    return new failure/* Failure */.H('State changed meanwhile', `Since it was looked at, somebody else has written at ${where}, so it was left as it is.${digest} Look at what is there ` +
        'now, and restore again if it is still to be replaced.');
}

;// CONCATENATED MODULE: ./build/commands/restore/carry-out.js





const PATIENCE_MS = 120_000;
async function carryOut(plan, parts) {
    const preRestore = plan.kind === 'restore' ? await copyWhatIsThere(plan, parts) : undefined;
    const where = `s3://${parts.state.bucket}/${parts.state.path}`;
    const restored = await writeAndReadBack(plan, parts).catch((error) => {
        throw (0,mishaps/* interrupted */.VM)(error, { plan, preRestore, catalogue: parts.catalogue });
    });
    if (restored.kind === 'refused')
        throw changedMeanwhile(where, restored);
    parts.report.info(`Read back ${where}: it is what was to be there.`);
    try {
        const result = await copy(restored.state, 'after', parts);
        return { preRestore, result, failures: [] };
    }
    catch (error) {
        return { preRestore, failures: [(0,mishaps/* resultNotStored */._z)(error, plan)] };
    }
}
async function copyWhatIsThere({ current }, parts) {
    if (current.kind === 'absent')
        return undefined;
    try {
        return await copy(current, 'pre-restore', parts);
    }
    catch (error) {
        throw (0,mishaps/* preRestoreNotStored */.Od)(error);
    }
}
async function copy(state, phase, parts) {
    const { catalogue, job, clock, report } = parts;
    const occasion = { phase, takenAt: clock.now(), runUrl: job.runUrl, commit: job.commit };
    const stored = await patiently(parts, (until) => (0,snapshot/* takeSnapshot */.W)(catalogue, state, occasion, until));
    const what = phase === 'after' ? 'Snapshot of the restored state' : 'Copy of what was there';
    const done = stored.created ? 'stored' : 'already there';
    report.info(`${what} ${done}: s3://${catalogue.bucket}/${stored.key}`);
    return stored;
}
async function writeAndReadBack(plan, parts) {
    const written = new Set();
    for (const { what, write, done } of writesOf(plan, parts)) {
        if ((await patiently(parts, write)) === 'refused') {
            if (written.has('state'))
                throw (0,mishaps/* digestByAnother */.N9)();
            return { kind: 'refused', digestRemoved: written.has('old digest') };
        }
        written.add(what);
        parts.report.info(done);
    }
    return { kind: 'written', state: await readBack(plan, parts) };
}
function writesOf(plan, { writer }) {
    const { current, body, md5, digestDiffers, serial } = plan;
    const digest = digestDiffers ? writer.digest : undefined;
    const { digest: old } = current;
    const writes = [];
    if (digest && old !== undefined)
        writes.push({
            what: 'old digest',
            write: (until) => digest.remove(old, until),
            done: "Removed Terraform's digest of what was there.",
        });
    if (plan.kind === 'restore')
        writes.push({
            what: 'state',
            write: (until) => writer.put(body, replacedBy(current), until),
            done: `Put the state, serial ${serial.after}.`,
        });
    if (digest)
        writes.push({
            what: 'digest',
            write: (until) => digest.put(md5, until),
            done: `Put Terraform's digest of it, ${md5}.`,
        });
    return writes;
}
function replacedBy(current) {
    if (current.kind === 'state')
        return current.version;
    return current.emptyObject === undefined ? undefined : { etag: current.emptyObject };
}
async function readBack(plan, parts) {
    const read = await patiently(parts, (until) => (0,current_state/* lookAtCurrentState */.fT)(parts, until));
    const isSame = read.kind === 'state' && Buffer.compare(read.body, plan.body) === 0;
    if (!isSame || read.doubts.length > 0)
        throw (0,mishaps/* notAsWritten */.HX)(plan, read);
    return read;
}
function patiently({ clock, random, signal }, work) {
    return (0,persistence/* persistFor */.O)(PATIENCE_MS, work, { clock, random, reached: true }, signal);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/snapshots/select.js
var snapshots_select = __webpack_require__(7804);
// EXTERNAL MODULE: ./build/state/digest.js
var digest = __webpack_require__(8640);
// EXTERNAL MODULE: ./build/state/inspection.js + 5 modules
var state_inspection = __webpack_require__(4911);
;// CONCATENATED MODULE: ./build/commands/restore/chosen-snapshot.js





async function chooseSnapshot(catalogue, reference, signal) {
    const snapshots = [];
    for await (const snapshot of catalogue.list(signal))
        snapshots.push(snapshot);
    const selection = (0,snapshots_select/* selectSnapshot */.X)(snapshots, verifiedUnlessNamed(reference));
    switch (selection.kind) {
        case 'none':
            throw noSuchSnapshot(reference, { ...selection, snapshots, catalogue });
        case 'several':
            throw severalSnapshots(reference, selection.snapshots);
        case 'found': {
            const highestSerial = snapshots.reduce((highest, { serial }) => Math.max(highest, serial), 0);
            return { snapshot: selection.snapshot, highestSerial };
        }
    }
}
function verifiedUnlessNamed(reference) {
    return reference.kind === 'latest' ? { kind: 'latest-verified' } : reference;
}
async function readSnapshot(catalogue, listed, signal) {
    const opened = await catalogue.open(listed.key, signal);
    const pieces = [];
    for await (const piece of opened.body)
        pieces.push(piece);
    const body = Buffer.concat(pieces);
    const damage = damageOf(body, opened.recorded);
    if (damage !== undefined)
        throw snapshotDamaged(listed.key, damage);
    const inspection = await (0,state_inspection/* inspectState */.K)(body);
    const { serial, lineage, encrypted } = inspection.header;
    if (inspection.doubts.length > 0 || serial === undefined || lineage === undefined)
        throw snapshotNoState(listed.key, inspection.doubts);
    const checked = opened.recorded.sha256 !== undefined || opened.recorded.md5 !== undefined;
    return { listed, body, inspection, serial, lineage, encrypted, checked };
}
function damageOf(body, { sha256, md5 }) {
    const actual = { sha256: (0,external_node_crypto_.createHash)('sha256').update(body).digest('hex'), md5: (0,digest/* md5Hex */.C)(body) };
    if (sha256 !== undefined && sha256 !== actual.sha256)
        return `their SHA-256 is ${actual.sha256}, and ${sha256} was recorded`;
    if (md5 !== undefined && md5 !== actual.md5)
        return `their MD5 is ${actual.md5}, and ${md5} was recorded`;
    return undefined;
}

// EXTERNAL MODULE: ./build/job/clock.js
var job_clock = __webpack_require__(1434);
// EXTERNAL MODULE: ./build/commands/hold/claim.js
var hold_claim = __webpack_require__(9953);
// EXTERNAL MODULE: ./build/commands/hold/not-released.js
var not_released = __webpack_require__(1570);
;// CONCATENATED MODULE: ./build/commands/restore/let-go.js



const let_go_PATIENCE_MS = 60_000;
async function letGo({ lock, settings, report, clock }, claim) {
    try {
        const freed = await (0,job_clock/* withTimeout */.w)(clock, let_go_PATIENCE_MS, (signal) => (0,hold_claim/* releaseClaim */.q)(lock, claim, signal));
        if (freed.outcome !== 'released')
            return [(0,not_released/* lockLost */.wV)(freed, claim, { settings, now: clock.now() })];
        report.info(`Released the lock ${lock.path}.`);
        return [];
    }
    catch (error) {
        return [(0,not_released/* notReleased */.d_)(error, claim, settings)];
    }
}

// EXTERNAL MODULE: ./build/commands/restore/restore-log.js
var restore_log = __webpack_require__(8647);
// EXTERNAL MODULE: ./build/state/resources.js
var resources = __webpack_require__(4587);
// EXTERNAL MODULE: ./build/state/json-scanner.js + 1 modules
var json_scanner = __webpack_require__(6403);
;// CONCATENATED MODULE: ./build/state/serial-digits.js

const PIECE_BYTES = 64 * 1024;
function withSerial(body, serial) {
    const { start, end } = serialSpan(body);
    return Buffer.concat([body.subarray(0, start), Buffer.from(String(serial)), body.subarray(end)]);
}
function isSameButSerial(one, other) {
    const here = serialSpan(one);
    const there = serialSpan(other);
    return (Buffer.compare(one.subarray(0, here.start), other.subarray(0, there.start)) === 0 &&
        Buffer.compare(one.subarray(here.end), other.subarray(there.end)) === 0);
}
function serialSpan(body) {
    const finder = new SerialFinder();
    for (let start = 0; start < body.length && !finder.found; start += PIECE_BYTES) {
        if (!finder.scanner.write(body.subarray(start, start + PIECE_BYTES)))
            break;
    }
    if (!finder.found)
        throw new Error('The state has no serial.');
    return finder.found;
}
class SerialFinder {
    scanner = new json_scanner/* JsonScanner */.VF(this, { recording: false, push: () => { } });
    found;
    #depth = 0;
    #key;
    get wantsText() {
        return this.#depth === 1;
    }
    open() {
        this.#depth++;
    }
    close() {
        this.#depth--;
    }
    key(name) {
        if (this.#depth === 1)
            this.#key = name;
    }
    scalar(raw) {
        if (this.found || this.#key !== 'serial' || raw === undefined)
            return;
        const end = this.scanner.position;
        this.found = { start: end - raw.length, end };
    }
}

;// CONCATENATED MODULE: ./build/commands/restore/restore-plan.js





const UNSEEN_SERIALS = 1_000;
function planRestore(facts) {
    const { snapshot, current, allowLineageChange } = facts;
    const lineage = { before: (0,current_state/* lineageOf */.bQ)(current), after: snapshot.lineage };
    if (lineage.before !== undefined && lineage.before !== lineage.after && !allowLineageChange)
        throw anotherLineage(snapshot.listed.key, { before: lineage.before, after: lineage.after });
    const common = { snapshot, current, lineage, verbatim: snapshot.encrypted, changes: changesOf(facts) };
    const before = (0,current_state/* serialOf */.IB)(current);
    const inPlace = (0,current_state/* isReadable */.hS)(current) && isInPlace(current, facts);
    const after = inPlace || snapshot.encrypted ? undefined : nextSerial(facts);
    const body = inPlace
        ? current.body
        : after === undefined
            ? snapshot.body
            : withSerial(snapshot.body, after);
    const md5 = (0,digest/* md5Hex */.C)(body);
    return {
        ...common,
        kind: inPlace ? 'in-place' : 'restore',
        body,
        md5,
        serial: { before, after: after ?? (inPlace ? (before ?? snapshot.serial) : snapshot.serial) },
        digestDiffers: (0,digest/* parseDigest */.m)(current.digest ?? '') !== md5,
    };
}
function isInPlace({ body, inspection }, facts) {
    const { snapshot, highestSerial } = facts;
    if (snapshot.encrypted)
        return Buffer.compare(body, snapshot.body) === 0;
    if (inspection.header.encrypted || !isSameButSerial(body, snapshot.body))
        return false;
    return (inspection.header.serial ?? 0) >= highestSerial;
}
function nextSerial({ snapshot, current, highestSerial }) {
    const highest = Math.max(snapshot.serial, highestSerial, (0,current_state/* serialOf */.IB)(current) ?? 0);
    const next = highest + ((0,current_state/* isReadable */.hS)(current) ? 1 : UNSEEN_SERIALS);
    if (!Number.isSafeInteger(next))
        throw serialTooHigh(snapshot.listed.key, highest);
    return next;
}
function changesOf({ snapshot, current }) {
    const before = current.kind === 'absent' ? new Map() : current.inspection.resources;
    const after = snapshot.inspection.resources;
    return before && after && (0,resources/* compareResources */.T)(before, after);
}

;// CONCATENATED MODULE: ./build/commands/restore/restore-state.js










async function foreseeRestore(parts) {
    const { clock } = parts;
    const { restore } = parts.settings;
    const [{ state, catalogue }, writer] = await Promise.all([parts.openState(), parts.openWriter()]);
    const [current, { snapshot, highestSerial }] = await Promise.all([
        restore_state_patiently(parts, (until) => (0,current_state/* lookAtCurrentState */.fT)({ state, writer, clock }, until)),
        restore_state_patiently(parts, (until) => chooseSnapshot(catalogue, restore.snapshot, until)),
    ]);
    const chosen = await restore_state_patiently(parts, (until) => readSnapshot(catalogue, snapshot, until));
    const { allowLineageChange } = restore;
    return planRestore({ snapshot: chosen, current, highestSerial, allowLineageChange });
}
async function restoreState(parts) {
    const { lock } = parts;
    if (!lock) {
        if (!parts.agreed)
            warnOfNoLock(parts.report);
        return lookAndRestore(parts, () => { });
    }
    const { record, onProgress, clock } = parts;
    let claim = { stage: 'requested', record, requestedAt: clock.now() };
    onProgress({ phase: 'unfinished', claim });
    try {
        const held = await (0,take_lock/* takeLock */.H)({ ...parts, lock, heldByJob: mishaps/* heldByJobOfRestore */.ev }, claim);
        claim = held;
        onProgress({ phase: 'unfinished', claim });
        parts.report.info(`Acquired the lock ${lock.path}, ID ${held.held.info.ID}.`);
        const writing = (key) => onProgress({ phase: 'unfinished', claim: held, key });
        const restored = await lookAndRestore(parts, writing);
        onProgress({ phase: 'restored', claim: held });
        const failures = await letGo({ ...parts, lock }, held);
        if (failures.length === 0)
            onProgress({ phase: 'over' });
        return { ...restored, claim: held, failures: [...restored.failures, ...failures] };
    }
    catch (error) {
        const freed = await (0,take_lock/* giveBack */.F)({ ...parts, lock }, claim);
        if (freed && claim.stage === 'acquired')
            onProgress({ phase: 'over' });
        throw error;
    }
}
function warnOfNoLock(report) {
    report.warning('No lock', NO_LOCK);
}
const NO_LOCK = 'Neither "dynamodb_table" nor "use_lockfile" is set, so no lock is taken: others can change the state during the restore.';
async function lookAndRestore(parts, writing) {
    const plan = await foreseeRestore(parts);
    if (!parts.agreed)
        (0,restore_log/* tellPlan */.fb)(parts.report, plan, parts.clock.now());
    const [{ state, catalogue }, writer] = await Promise.all([parts.openState(), parts.openWriter()]);
    if (parts.agreed && !isSamePlan(plan, parts.agreed))
        throw changedMeanwhile(`s3://${state.bucket}/${state.path}`);
    writing(plan.snapshot.listed.key);
    return { ...(await carryOut(plan, { ...parts, state, catalogue, writer })), plan };
}
function isSamePlan(one, other) {
    return one.md5 === other.md5 && etagOf(one) === etagOf(other);
}
const etagOf = ({ current }) => (current.kind === 'state' ? current.version.etag : undefined);
const restore_state_PATIENCE_MS = 120_000;
function restore_state_patiently({ clock, random, signal }, work) {
    return (0,persistence/* persistFor */.O)(restore_state_PATIENCE_MS, work, { clock, random, reached: false }, signal);
}


/***/ }),

/***/ 7804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ selectSnapshot)
/* harmony export */ });
/* harmony import */ var _newest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4650);

const NEVER_LATEST = ['errored', 'pre-restore'];
function selectSnapshot(snapshots, reference) {
    switch (reference.kind) {
        case 'latest':
            return newestOf(snapshots, ({ kind }) => !NEVER_LATEST.includes(kind));
        case 'latest-verified':
            return newestOf(snapshots, isVerified);
        case 'before':
            return newestOf(snapshots.filter(({ lastModified }) => lastModified <= reference.moment), isVerified);
        case 'serial':
            return ofSerial(snapshots.filter(({ serial }) => serial === reference.serial));
        case 'key':
            return newestOf(snapshots.filter(({ key }) => isNamed(key, reference.key)), () => true);
    }
}
const isVerified = ({ kind }) => kind === 'verified';
function newestOf(snapshots, isMeant) {
    const [snapshot] = snapshots.filter(isMeant).sort(_newest_js__WEBPACK_IMPORTED_MODULE_0__/* .newestFirst */ .l);
    return snapshot
        ? { kind: 'found', snapshot }
        : { kind: 'none', passedOver: snapshots.toSorted(_newest_js__WEBPACK_IMPORTED_MODULE_0__/* .newestFirst */ .l) };
}
function ofSerial(snapshots) {
    const verified = snapshots.filter(isVerified);
    return new Set(verified.map(({ tag }) => tag)).size > 1
        ? { kind: 'several', snapshots: verified.sort(_newest_js__WEBPACK_IMPORTED_MODULE_0__/* .newestFirst */ .l) }
        : newestOf(snapshots, isVerified);
}
const isNamed = (key, wanted) => key === wanted || key.endsWith(`/${wanted}`);


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
