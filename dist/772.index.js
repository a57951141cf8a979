export const id = 772;
export const ids = [772];
export const modules = {

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
