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


/***/ })

};
