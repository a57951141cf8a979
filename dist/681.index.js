export const id = 681;
export const ids = [681];
export const modules = {

/***/ 6681:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   pruneSnapshots: () => (/* binding */ pruneSnapshots)
/* harmony export */ });
/* harmony import */ var _job_clock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1434);
/* harmony import */ var _names_snapshot_key_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7613);
/* harmony import */ var _snapshots_retention_prune_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1283);
/* harmony import */ var _words_explain_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5604);
/* harmony import */ var _words_moment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5052);
/* harmony import */ var _words_retention_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3748);






async function pruneSnapshots(parts) {
    const { retention, etag, openState, report, clock, patienceMs } = parts;
    const now = clock.now();
    try {
        const pruned = await (0,_job_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .withTimeout */ .w)(clock, patienceMs, async (signal) => {
            const { catalogue } = await openState();
            return (0,_snapshots_retention_prune_js__WEBPACK_IMPORTED_MODULE_2__/* .prune */ .R)(catalogue, { retention, now, currentTag: (0,_names_snapshot_key_js__WEBPACK_IMPORTED_MODULE_1__/* .versionTag */ .Vm)(etag), signal });
        });
        const summary = summaryOf(pruned, retention);
        tellPruned(parts, pruned, summary);
        return summary;
    }
    catch (error) {
        report.warning('Snapshots not removed', `Old snapshots were not removed: ${(0,_words_explain_js__WEBPACK_IMPORTED_MODULE_3__/* .reason */ .l)(error)}`);
        return undefined;
    }
}
function summaryOf({ plan, removals }, { dryRun }) {
    const keysOf = (kind) => removals.flatMap((removal) => (removal.kind === kind ? [removal.key] : []));
    return {
        dryRun,
        kept: plan.keep.length,
        removed: dryRun ? plan.remove.map(({ key }) => key) : keysOf('removed'),
        locked: keysOf('locked').length,
        refused: keysOf('refused').length,
    };
}
function tellPruned({ report, clock }, { plan, removals }, summary) {
    const oldest = plan.keep.at(-1)?.snapshot.lastModified;
    const span = oldest === undefined ? '' : `, the oldest of ${(0,_words_moment_js__WEBPACK_IMPORTED_MODULE_4__/* .formatMoment */ .K)(oldest, clock.now())}`;
    if (summary.dryRun) {
        const title = `Retention of snapshots, dry run: ${summary.removed.length} would be removed, ${summary.kept} kept${span}`;
        report.group(title, (0,_words_retention_js__WEBPACK_IMPORTED_MODULE_5__/* .planLines */ .H)(plan));
        return;
    }
    report.info(`Retention of snapshots: ${summary.removed.length} removed, ${summary.kept} kept${span}.`);
    tellLocked(report, removals);
    tellRefused(report, removals);
}
function tellLocked(report, removals) {
    const locked = removals.filter((removal) => removal.kind === 'locked');
    if (locked.length === 0)
        return;
    const ends = locked.flatMap(({ until }) => (until === undefined ? [] : [until]));
    const last = ends.length > 0 ? `, until ${new Date(Math.max(...ends)).toISOString()} at the latest` : '';
    const holds = locked.length - ends.length;
    const held = holds > 0 ? `, ${holds} by a legal hold` : '';
    report.info(`Object Lock holds ${locked.length} of the snapshots that no rule keeps${last}${held}. They stay.`);
}
function tellRefused(report, removals) {
    const [first, ...others] = removals.filter((removal) => removal.kind === 'refused');
    if (!first)
        return;
    report.warning('Snapshots not removed', `Not all old snapshots were removed, ${others.length + 1} are left: ${(0,_words_explain_js__WEBPACK_IMPORTED_MODULE_3__/* .reason */ .l)(first.error)}`);
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
