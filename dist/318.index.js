export const id = 318;
export const ids = [318];
export const modules = {

/***/ 5318:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  pruneSnapshots: () => (/* binding */ pruneSnapshots)
});

// EXTERNAL MODULE: ./build/job/clock.js
var job_clock = __webpack_require__(1434);
// EXTERNAL MODULE: ./build/names/snapshot-key.js
var snapshot_key = __webpack_require__(7613);
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

async function prune(catalogue, { retention, now, currentTag, signal }) {
    const snapshots = [];
    for await (const snapshot of catalogue.list(signal))
        snapshots.push(snapshot);
    const plan = planRetention({ snapshots, rules: retention.rules, now, currentTag });
    if (retention.dryRun || plan.remove.length === 0)
        return { plan, removals: [] };
    const keys = plan.remove.map(({ key }) => key);
    return { plan, removals: await catalogue.remove(keys, { now, signal }) };
}

// EXTERNAL MODULE: ./build/words/explain.js + 1 modules
var explain = __webpack_require__(5604);
// EXTERNAL MODULE: ./build/words/moment.js
var moment = __webpack_require__(5052);
// EXTERNAL MODULE: ./build/config/retention.js
var retention = __webpack_require__(1005);
;// CONCATENATED MODULE: ./build/words/retention.js

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
        ? `${retention/* COUNT_INPUTS */.sR[rule.per]} ${rule.count}`
        : `${retention/* WITHIN_INPUTS */.Yk[rule.per]} ${(0,retention/* formatCalendarDuration */.Qh)(rule.duration)}`;
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

;// CONCATENATED MODULE: ./build/commands/hold/prune-snapshots.js






async function pruneSnapshots(parts) {
    const { retention, etag, openState, report, clock, patienceMs } = parts;
    const now = clock.now();
    try {
        const pruned = await (0,job_clock/* withTimeout */.w)(clock, patienceMs, async (signal) => {
            const { catalogue } = await openState();
            return prune(catalogue, { retention, now, currentTag: (0,snapshot_key/* versionTag */.Vm)(etag), signal });
        });
        const summary = summaryOf(pruned, retention);
        tellPruned(parts, pruned, summary);
        return summary;
    }
    catch (error) {
        report.warning('Snapshots not removed', `Old snapshots were not removed: ${(0,explain/* reason */.l)(error)}`);
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
    const span = oldest === undefined ? '' : `, the oldest of ${(0,moment/* formatMoment */.K)(oldest, clock.now())}`;
    if (summary.dryRun) {
        const title = `Retention of snapshots, dry run: ${summary.removed.length} would be removed, ${summary.kept} kept${span}`;
        report.group(title, planLines(plan));
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
    report.warning('Snapshots not removed', `Not all old snapshots were removed, ${others.length + 1} are left: ${(0,explain/* reason */.l)(first.error)}`);
}


/***/ })

};
