export const id = 132;
export const ids = [132];
export const modules = {

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

/***/ 9157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  restore: () => (/* binding */ restore_restore)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/actions/github-report.js
var github_report = __webpack_require__(7996);
// EXTERNAL MODULE: ./build/actions/github-runner.js
var github_runner = __webpack_require__(9692);
// EXTERNAL MODULE: ./build/actions/github-runs.js
var github_runs = __webpack_require__(5596);
// EXTERNAL MODULE: ./build/actions/job-environment.js
var job_environment = __webpack_require__(3767);
// EXTERNAL MODULE: ./build/actions/run-step.js
var run_step = __webpack_require__(3808);
// EXTERNAL MODULE: ./build/names/lock-place.js
var lock_place = __webpack_require__(5458);
// EXTERNAL MODULE: ./build/words/explain.js + 1 modules
var explain = __webpack_require__(5604);
// EXTERNAL MODULE: ./build/commands/hold/if-possible.js
var if_possible = __webpack_require__(2708);
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
// EXTERNAL MODULE: ./build/commands/restore/run-state.js
var run_state = __webpack_require__(6219);
;// CONCATENATED MODULE: ./build/commands/restore/restore-in-job.js









async function restoreInJob(parts) {
    const { settings, report } = parts;
    report.group('Lockkeeper', (0,restore_log/* restoreSettingsLines */.Xo)(settings));
    const progress = { last: { phase: 'over' } };
    try {
        await (settings.restore.dryRun ? foresee(parts) : restore(parts, progress));
    }
    catch (error) {
        if (error instanceof AggregateError)
            throw error;
        const failure = (0,explain/* explain */.WE)(error);
        const lock = progress.last.phase === 'over' ? 'free' : 'left';
        await report.summary((0,restore_blocks/* notRestoredBlocks */.a5)(failure, { settings, lock }));
        throw failure;
    }
}
async function foresee(parts) {
    const { settings, report, clock } = parts;
    const plan = await (0,restore_state/* foreseeRestore */.mY)(parts);
    const now = clock.now();
    (0,restore_log/* tellPlan */.fb)(report, plan, now);
    report.info('Nothing was changed: this was a dry run.');
    tellOutputs(parts, (0,restore_outputs/* restoreOutputs */.V)(plan, settings));
    await report.summary((0,restore_blocks/* dryRunBlocks */.v1)(plan, { settings, now }));
}
async function restore(parts, progress) {
    const { settings, job, clock, newId, report } = parts;
    const { path } = (0,lock_place/* lockPlace */.n)(settings.backend, settings.locking.scope.kind);
    const record = (0,lock_record/* lockRecord */.p)(job, { id: newId(), path, now: clock.now(), looks: false });
    const onProgress = (next) => {
        progress.last = next;
        if (next.phase === 'unfinished')
            save(parts, next);
        else
            (0,if_possible/* ifPossible */.N)(parts, () => save(parts, next));
    };
    const restored = await (0,restore_state/* restoreState */.aX)({ ...parts, record, onProgress });
    const { plan, failures } = restored;
    (0,if_possible/* ifPossible */.N)(parts, () => tellOutputs(parts, (0,restore_outputs/* restoreOutputs */.V)(plan, settings, restored)));
    await report.summary((0,restore_blocks/* restoredBlocks */.dK)(plan, restored, { settings, now: clock.now() }));
    if (failures.length > 0)
        throw new AggregateError(failures);
}
function save({ runner, settings, credentials }, progress) {
    runner.saveRunState((0,run_state/* formatRestoreRunState */.A)({ settings, credentials, progress }));
}
function tellOutputs({ runner }, outputs) {
    for (const [name, value] of Object.entries(outputs))
        runner.setOutput(name, value);
}

// EXTERNAL MODULE: ./build/config/github-token.js
var github_token = __webpack_require__(5792);
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
;// CONCATENATED MODULE: ./build/entrypoints/restore.js














async function restore_restore() {
    await (0,run_step/* run */.e)({ failuresIn: explain/* failuresIn */.xM, work });
}
async function work(signal, over) {
    const { env } = process;
    const configuration = await (0,configured/* configured */.t)(env, inputs/* parseRestoreSettings */.VN, { signal, over });
    const { settings, credentials, identity, roots, environment } = configuration;
    const { statePath } = settings.backend;
    const stores = (0,stores_open/* openStores */.j)(settings, identity, roots);
    const persistence = { clock: clock/* systemClock */.m, random: Math.random, reached: false };
    await restoreInJob({
        settings,
        lock: await stores.openLock(statePath, (record) => (0,persistent/* persistentLock */.T)(record, persistence)),
        openState: () => stores.openState(statePath),
        openWriter: () => stores.openStateWriter(statePath),
        job: (0,job_environment/* jobFrom */._)(env),
        credentials,
        environment,
        runner: github_runner/* githubRunner */.O,
        liveness: (0,github_runs/* githubLiveness */.j)((0,github_runs/* githubApiFrom */.C)(env, (0,github_token/* parseGithubToken */.g)(env))),
        report: github_report/* githubReport */.y,
        clock: clock/* systemClock */.m,
        random: Math.random,
        newId: external_node_crypto_.randomUUID,
        signal,
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


/***/ })

};
