export const id = 354;
export const ids = [354];
export const modules = {

/***/ 895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ writeReportFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _masking_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4952);



async function writeReportFile(env, { name, id }, lines) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env['RUNNER_TEMP'] ?? '.', `lockkeeper-${name}-${id}.ndjson`);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, lines.map((line) => `${(0,_masking_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutSecrets */ .cT)(line)}\n`).join(''), { flag: 'wx' });
    return path;
}


/***/ }),

/***/ 9835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ jobSurface)
/* harmony export */ });
/* harmony import */ var _actions_github_report_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7996);
/* harmony import */ var _actions_github_runner_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9692);
/* harmony import */ var _actions_github_runs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5596);
/* harmony import */ var _actions_job_environment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3767);
/* harmony import */ var _config_github_token_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5792);





function jobSurface(signal, over) {
    const { env } = process;
    return {
        env,
        audience: 'job',
        job: (0,_actions_job_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .jobFrom */ ._)(env),
        report: _actions_github_report_js__WEBPACK_IMPORTED_MODULE_0__/* .githubReport */ .y,
        runner: _actions_github_runner_js__WEBPACK_IMPORTED_MODULE_1__/* .githubRunner */ .O,
        liveness: (0,_actions_github_runs_js__WEBPACK_IMPORTED_MODULE_2__/* .githubLiveness */ .j)((0,_actions_github_runs_js__WEBPACK_IMPORTED_MODULE_2__/* .githubApiFrom */ .C)(env, (0,_config_github_token_js__WEBPACK_IMPORTED_MODULE_3__/* .parseGithubToken */ .g)(env))),
        asker: { signal, over },
        confirm: async () => { },
    };
}


/***/ }),

/***/ 1909:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HV: () => (/* binding */ withSnapshot),
/* harmony export */   Ms: () => (/* binding */ entryOf),
/* harmony export */   p: () => (/* binding */ isSameVersion)
/* harmony export */ });
function isSameVersion(one, other) {
    return one?.tag === other?.tag && one?.lastModified === other?.lastModified;
}
function withSnapshot(entry, { kind, lastModified, tag, bytes }) {
    const mark = { lastModified, tag };
    const isVersion = kind === 'verified' || kind === 'doubtful';
    const newest = isVersion ? later(entry?.newest, mark) : entry?.newest;
    const verified = kind === 'verified' ? later(entry?.verified, mark) : entry?.verified;
    return {
        ...(newest && { newest }),
        ...(verified && { verified }),
        count: (entry?.count ?? 0) + 1,
        bytes: (entry?.bytes ?? 0) + bytes,
    };
}
function entryOf(snapshots) {
    let entry;
    for (const snapshot of snapshots)
        entry = withSnapshot(entry, snapshot);
    return entry;
}
function later(known, other) {
    if (!known)
        return other;
    const difference = known.lastModified - other.lastModified || (known.tag < other.tag ? -1 : 1);
    return difference < 0 ? other : known;
}


/***/ }),

/***/ 9377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ saveIndex),
/* harmony export */   z: () => (/* binding */ loadIndex)
/* harmony export */ });
/* harmony import */ var _index_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6701);

async function loadIndex(store, bucket, signal) {
    const stored = await store.read(signal);
    if (!stored)
        return {};
    const index = await (0,_index_format_js__WEBPACK_IMPORTED_MODULE_0__/* .unpackIndex */ .TL)(bucket, stored.body);
    return { version: stored.version, ...(index && { index }) };
}
async function saveIndex(store, { bucket, index, replaced }, signal) {
    return store.write(await (0,_index_format_js__WEBPACK_IMPORTED_MODULE_0__/* .packIndex */ .q_)(bucket, index), replaced, signal);
}


/***/ }),

/***/ 8509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F0: () => (/* binding */ differencesBetween),
/* harmony export */   X$: () => (/* binding */ nextInRotation),
/* harmony export */   fi: () => (/* binding */ listEntries),
/* harmony export */   wA: () => (/* binding */ rangesOf)
/* harmony export */ });
/* harmony import */ var _catalogue_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1909);

const MOST_RANGES = 16;
const STATES_PER_RANGE = 250;
async function listEntries(list, statePaths, signal) {
    const parts = await Promise.all(rangesOf(statePaths).map((range) => entriesIn(list(range, signal))));
    const entries = new Map();
    for (const [path, entry] of parts.flatMap((part) => [...part]))
        entries.set(path, joined(entries.get(path), entry));
    return entries;
}
function rangesOf(statePaths) {
    const count = Math.max(1, Math.min(MOST_RANGES, Math.ceil(statePaths.length / STATES_PER_RANGE)));
    const cuts = Array.from({ length: count - 1 }, (_, index) => statePaths[Math.floor(((index + 1) * statePaths.length) / count)]);
    return [...cuts, undefined].map((upTo, index) => ({ after: cuts[index - 1], upTo }));
}
async function entriesIn(snapshots) {
    const entries = new Map();
    for await (const snapshot of snapshots) {
        entries.set(snapshot.statePath, (0,_catalogue_index_js__WEBPACK_IMPORTED_MODULE_0__/* .withSnapshot */ .HV)(entries.get(snapshot.statePath), snapshot));
    }
    return entries;
}
function joined(earlier, later) {
    if (!earlier)
        return later;
    return {
        ...earlier,
        ...later,
        count: earlier.count + later.count,
        bytes: earlier.bytes + later.bytes,
    };
}
function differencesBetween(known, listed) {
    const paths = new Set([...known.keys(), ...listed.keys()]);
    return [...paths].flatMap((statePath) => differenceOf(statePath, known.get(statePath), listed.get(statePath)));
}
function differenceOf(statePath, known, listed) {
    if (isSameEntry(known, listed))
        return [];
    const isMissing = isLater(known, listed);
    return [{ kind: isMissing ? 'missing' : 'behind', statePath }];
}
function isLater(known, listed) {
    if (!known?.verified || (0,_catalogue_index_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameVersion */ .p)(known.verified, listed?.verified))
        return false;
    return known.verified.lastModified >= (listed?.verified?.lastModified ?? Number.NEGATIVE_INFINITY);
}
function isSameEntry(one, other) {
    return (one?.count === other?.count &&
        one?.bytes === other?.bytes &&
        (0,_catalogue_index_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameVersion */ .p)(one?.newest, other?.newest) &&
        (0,_catalogue_index_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameVersion */ .p)(one?.verified, other?.verified));
}
function nextInRotation(entries, comparedUpTo, most) {
    const paths = [...entries.keys()].sort();
    const start = paths.findIndex((path) => comparedUpTo !== undefined && path > comparedUpTo);
    const from = Math.max(0, start);
    return [...paths.slice(from), ...paths.slice(0, from)].slice(0, most);
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

/***/ 7100:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ counted),
/* harmony export */   w: () => (/* binding */ spellCount)
/* harmony export */ });
function counted(count, what) {
    return `${spellCount(count)} ${what}${count === 1 ? '' : 's'}`;
}
function spellCount(count) {
    return count.toLocaleString('en-US');
}


/***/ }),

/***/ 5079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ tellProgress)
/* harmony export */ });
/* unused harmony export progressLine */
/* harmony import */ var _bytes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1349);
/* harmony import */ var _counts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7100);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1384);



function progressLine({ done, total, bytes, elapsedMs }) {
    const percent = Math.floor((100 * done) / total);
    const seconds = Math.max(0.001, elapsedMs / 1_000);
    const rate = `${(done / seconds).toFixed(1)} states/s, ${(0,_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .formatBytes */ .z)(bytes / seconds)}/s`;
    const left = done > 0 && done < total ? `, about ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a)(((total - done) * elapsedMs) / done)} left` : '';
    return `${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .spellCount */ .w)(done)} of ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .h)(total, 'state')} looked at (${percent} %), ${rate}${left}.`;
}
const LONGEST_SILENCE_MS = 10_000;
const FEW = 100;
function tellProgress(total, { clock, report }) {
    const startedAt = clock.now();
    const over = new AbortController();
    let [done, bytes, toldTenth, toldAt] = [0, 0, 0, startedAt];
    const tell = () => {
        toldAt = clock.now();
        toldTenth = Math.floor((10 * done) / total);
        report.info(progressLine({ done, total, bytes, elapsedMs: toldAt - startedAt }));
    };
    const watch = async () => {
        for (;;) {
            await clock.sleep(Math.max(1, toldAt + LONGEST_SILENCE_MS - clock.now()), over.signal);
            if (clock.now() - toldAt >= LONGEST_SILENCE_MS)
                tell();
        }
    };
    if (total > 0)
        watch().catch(() => { });
    return {
        step(size) {
            done++;
            bytes += size;
            if (total >= FEW && Math.floor((10 * done) / total) > toldTenth)
                tell();
        },
        end: () => over.abort(),
    };
}


/***/ }),

/***/ 3228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ warnOfVersioning)
/* harmony export */ });
function warnOfVersioning(report, bucket, versioning) {
    if (versioning !== 'disabled' && versioning !== 'suspended')
        return;
    report.warning('Bucket not versioned', `The bucket "${bucket}" does not keep earlier versions of its objects, so a state that is deleted or ` +
        'overwritten past Terraform is lost but for its snapshots. Switch versioning on for it.');
}


/***/ })

};
