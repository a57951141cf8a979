export const id = 686;
export const ids = [686,354];
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

/***/ 686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verify: () => (/* binding */ verify),
  verifyOn: () => (/* binding */ verifyOn)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/actions/report-file.js
var report_file = __webpack_require__(895);
// EXTERNAL MODULE: ./build/actions/run-step.js
var run_step = __webpack_require__(3808);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
;// CONCATENATED MODULE: ./build/job/at-most.js
function atMost(most) {
    const waiting = [];
    let going = 0;
    return async (work) => {
        if (going === most)
            await new Promise((resolve) => waiting.push(resolve));
        else
            going++;
        try {
            return await work();
        }
        finally {
            const next = waiting.shift();
            if (next)
                next();
            else
                going--;
        }
    };
}

// EXTERNAL MODULE: ./build/words/explain.js + 1 modules
var explain = __webpack_require__(5604);
// EXTERNAL MODULE: ./build/words/failure.js
var failure = __webpack_require__(1100);
// EXTERNAL MODULE: ./build/words/progress.js
var words_progress = __webpack_require__(5079);
// EXTERNAL MODULE: ./build/job/backend-error.js
var backend_error = __webpack_require__(9595);
// EXTERNAL MODULE: ./build/state/inspection.js + 5 modules
var state_inspection = __webpack_require__(4911);
;// CONCATENATED MODULE: ./build/snapshots/verification/content.js


async function readContent(body) {
    const pieces = body[Symbol.asyncIterator]();
    const hashes = { md5: (0,external_node_crypto_.createHash)('md5'), sha256: (0,external_node_crypto_.createHash)('sha256') };
    let bytes = 0;
    const next = async () => {
        const { done, value } = await pieces.next();
        if (done)
            return undefined;
        bytes += value.length;
        hashes.md5.update(value);
        hashes.sha256.update(value);
        return value;
    };
    const inspection = await (0,state_inspection/* inspectState */.K)(untilEnd(next));
    while ((await next()) !== undefined)
        ;
    return { bytes, md5: hashes.md5.digest('hex'), sha256: hashes.sha256.digest('hex'), inspection };
}
async function* untilEnd(next) {
    for (let piece = await next(); piece !== undefined; piece = await next())
        yield piece;
}

;// CONCATENATED MODULE: ./build/snapshots/verification/content-findings.js
function contentDoubts(snapshot, recorded, content) {
    const altered = alteration(snapshot, recorded, content);
    if (altered)
        return [altered];
    return [
        ...(recorded.sha256 === undefined && recorded.md5 === undefined ? [{ kind: 'unrecorded' }] : []),
        ...(snapshot.kind === 'verified' ? stateDoubts(snapshot, content) : []),
    ];
}
function alteration({ bytes }, { sha256, md5 }, content) {
    const comparisons = [
        { what: 'length', recorded: String(bytes), found: String(content.bytes) },
        { what: 'SHA-256', recorded: sha256 ?? content.sha256, found: content.sha256 },
        { what: 'MD5', recorded: md5 ?? content.md5, found: content.md5 },
    ];
    const differs = comparisons.find(({ recorded, found }) => recorded !== found);
    return differs && { kind: 'altered', ...differs };
}
function stateDoubts({ serial: named }, { inspection: { doubts, header } }) {
    if (doubts.length > 0)
        return [{ kind: 'not-a-state', reasons: doubts }];
    return header.serial === named ? [] : [{ kind: 'misnamed', named, serial: header.serial }];
}

;// CONCATENATED MODULE: ./build/snapshots/verification/finding.js
function isRed({ doubt }) {
    switch (doubt.kind) {
        case 'unsaved':
        case 'gone':
            return false;
        case 'vanished':
        case 'altered':
        case 'not-a-state':
        case 'unrecorded':
        case 'misnamed':
        case 'same-serial':
        case 'falling-serial':
        case 'unread':
        case 'no-snapshot':
        case 'drill-failed':
        case 'drill-differs':
            return true;
    }
}
function oldestFirst(one, other) {
    return one.lastModified - other.lastModified || one.serial - other.serial || (one.key < other.key ? -1 : 1);
}
function newestVerified(snapshots) {
    return snapshots.findLast(({ kind }) => kind === 'verified');
}

;// CONCATENATED MODULE: ./build/snapshots/verification/serials.js
function fallsByName(snapshots) {
    const verified = snapshots.filter(({ kind }) => kind === 'verified');
    return verified.flatMap((later, index) => {
        const earlier = verified[index - 1];
        return earlier && later.serial < earlier.serial ? [[earlier, later]] : [];
    });
}
function serialDoubts(read, all) {
    const restored = all.filter(({ kind }) => kind === 'pre-restore');
    const last = new Map();
    const first = new Map();
    return read.flatMap((later) => {
        const { snapshot, lineage, sha256, encrypted } = later;
        const { serial } = snapshot;
        const earlier = last.get(lineage);
        last.set(lineage, later);
        const place = JSON.stringify([lineage, serial]);
        const twin = first.get(place);
        if (!twin)
            first.set(place, later);
        const doubts = [];
        if (twin && twin.sha256 !== sha256 && !(twin.encrypted && encrypted))
            doubts.push({ kind: 'same-serial', serial, other: twin.snapshot.key });
        const isRestored = earlier && encrypted && isRestoredBetween(restored, earlier.snapshot, snapshot);
        if (earlier && snapshot.serial < earlier.snapshot.serial && !isRestored) {
            const { key: other, serial: otherSerial } = earlier.snapshot;
            doubts.push({ kind: 'falling-serial', serial, other, otherSerial });
        }
        return doubts.map((doubt) => ({ snapshot, doubt }));
    });
}
function isRestoredBetween(restored, earlier, later) {
    return restored.some(({ lastModified }) => lastModified >= earlier.lastModified && lastModified < later.lastModified);
}

;// CONCATENATED MODULE: ./build/snapshots/verification/selection.js


function chooseSnapshots(snapshots, depth, random) {
    const chosen = new Set([...byDepth(snapshots, depth, random), ...questioned(snapshots)]);
    return snapshots.filter((snapshot) => chosen.has(snapshot));
}
function byDepth(snapshots, depth, random) {
    const newest = newestVerified(snapshots);
    const first = newest ? [newest] : [];
    switch (depth.kind) {
        case 'newest':
            return first;
        case 'sample': {
            const others = snapshots.filter((snapshot) => snapshot !== newest);
            return [...first, ...anyOf(others, depth.others, random)];
        }
        case 'all':
            return snapshots;
    }
}
function anyOf(all, count, random) {
    const left = [...all];
    const drawn = [];
    while (drawn.length < count && left.length > 0) {
        const at = Math.floor(random() * left.length);
        drawn.push(...left.splice(at, 1));
    }
    return drawn;
}
function questioned(snapshots) {
    const verified = snapshots.filter(({ kind }) => kind === 'verified');
    const counts = new Map();
    for (const { serial } of verified)
        counts.set(serial, (counts.get(serial) ?? 0) + 1);
    const shared = verified.filter(({ serial }) => (counts.get(serial) ?? 0) > 1);
    return [...shared, ...fallsByName(snapshots).flat()];
}

// EXTERNAL MODULE: ./build/names/snapshot-key.js
var snapshot_key = __webpack_require__(7613);
;// CONCATENATED MODULE: ./build/snapshots/verification/state-findings.js

const SECOND_MS = 1_000;
const FIRST_JOB_MS = 3_600_000;
function state_findings_stateDoubts({ etag, lastModified }, { snapshots, now }) {
    const verified = snapshots.filter(({ kind }) => kind === 'verified');
    if (verified.length === 0) {
        return now - lastModified < FIRST_JOB_MS
            ? [{ kind: 'unsaved' }]
            : [{ kind: 'no-snapshot', others: snapshots.length }];
    }
    if (etag === '')
        return [];
    const second = Math.floor(lastModified / SECOND_MS) * SECOND_MS;
    const tag = (0,snapshot_key/* versionTag */.Vm)(etag);
    const isSaved = verified.some((snapshot) => snapshot.tag === tag && snapshot.lastModified === second);
    return isSaved ? [] : [{ kind: 'unsaved' }];
}

// EXTERNAL MODULE: ./build/job/persistence.js
var job_persistence = __webpack_require__(6987);
;// CONCATENATED MODULE: ./build/commands/verify/patience.js

const PATIENCE_MS = 60_000;
async function patiently({ clock, random, signal }, work, reached = false) {
    const timeUp = new AbortController();
    const done = new AbortController();
    clock.sleep(PATIENCE_MS, done.signal).then(() => timeUp.abort(), () => { });
    try {
        const until = AbortSignal.any([signal, timeUp.signal]);
        return await (0,job_persistence/* persist */.Z)(work, { clock, random, reached }, until);
    }
    finally {
        done.abort();
    }
}

;// CONCATENATED MODULE: ./build/commands/verify/check-catalogue.js








async function checkCatalogue(parts, { statePath, state, snapshots }, gate) {
    const { verification } = parts.settings;
    const chosen = chooseSnapshots(snapshots, verification.depth, parts.random);
    const { catalogue } = await parts.stores.openState(statePath);
    const looks = await Promise.all(chosen.map((snapshot) => gate(() => look(parts, catalogue, snapshot))));
    const serials = serialDoubts(looks.flatMap(readVerified), snapshots);
    const own = state ? state_findings_stateDoubts(state, { snapshots, now: parts.clock.now() }) : [];
    const isRead = new Set(chosen.map(({ key }) => key));
    const keys = new Set(snapshots.map(({ key }) => key));
    return {
        statePath,
        hasState: state !== undefined,
        snapshots: snapshots.length,
        checked: looks.filter(({ content }) => content).length,
        bytes: looks.reduce((sum, { content }) => sum + (content?.bytes ?? 0), 0),
        newest: newestVerified(snapshots),
        findings: [
            ...own.map((doubt) => ({ key: statePath, statePath, doubt })),
            ...looks.flatMap(({ snapshot: { key }, doubts }) => doubts.map((doubt) => ({ key, statePath, doubt }))),
            ...serials.map(({ snapshot: { key }, doubt }) => ({ key, statePath, doubt })),
        ],
        unseen: verification.acknowledged.filter((key) => keys.has(key) && !isRead.has(key)),
    };
}
async function look(parts, catalogue, snapshot) {
    try {
        const read = async () => {
            const opened = await catalogue.open(snapshot.key, parts.signal);
            return { recorded: opened.recorded, content: await readContent(opened.body) };
        };
        const { content, recorded } = await patiently(parts, read, true);
        return { snapshot, content, doubts: contentDoubts(snapshot, recorded, content) };
    }
    catch (error) {
        parts.signal.throwIfAborted();
        const doubt = (0,backend_error/* isNoSuchObject */.Eo)(error) ? { kind: 'gone' } : { kind: 'unread', error };
        return { snapshot, doubts: [doubt] };
    }
}
function readVerified({ snapshot, content, doubts }) {
    const isSound = doubts.every(({ kind }) => kind === 'unrecorded');
    if (!content || !isSound || snapshot.kind !== 'verified')
        return [];
    const { lineage, encrypted } = content.inspection.header;
    return [{ snapshot, lineage, encrypted, sha256: content.sha256 }];
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/job/state-client.js
class StateClientError extends Error {
    name = 'StateClientError';
}

// EXTERNAL MODULE: ./build/names/drill-place.js
var drill_place = __webpack_require__(8895);
// EXTERNAL MODULE: ./build/state/digest.js
var digest = __webpack_require__(8640);
// EXTERNAL MODULE: ./build/state/read-state.js
var read_state = __webpack_require__(5296);
;// CONCATENATED MODULE: ./build/commands/verify/drill/compare-addresses.js
const DEPOSED = / \(deposed [^()]*\)$/;
function differenceOfAddresses(resources, listed) {
    const expected = new Set([...resources.keys()].map((address) => address.replace(DEPOSED, '')));
    const seen = new Set(listed);
    const missing = [...expected].filter((address) => !seen.has(address)).sort();
    const unexpected = [...seen].filter((address) => !expected.has(address)).sort();
    return missing.length + unexpected.length === 0 ? undefined : { missing, unexpected };
}

;// CONCATENATED MODULE: ./build/commands/verify/drill/drill.js









async function drill(parts, target) {
    const { scratch } = parts.place;
    const { signal } = parts;
    const path = (0,drill_place/* drillPath */.JQ)(scratch.folder, target.workspace);
    const body = await patiently(parts, () => readWhole(target, signal), true);
    const inspection = await (0,state_inspection/* inspectState */.K)(body);
    try {
        await patiently(parts, () => scratch.put(path, { body, md5: (0,digest/* md5Hex */.C)(body) }, signal), true);
        return await lookAt(parts, { path, workspace: target.workspace, body, inspection });
    }
    finally {
        await takeAway(parts, path);
    }
}
async function readWhole({ catalogue, snapshot }, signal) {
    const pieces = [];
    const { body } = await catalogue.open(snapshot.key, signal);
    for await (const piece of body)
        pieces.push(piece);
    return Buffer.concat(pieces);
}
async function lookAt(parts, restored) {
    const { client } = parts.place;
    const { resources } = restored.inspection;
    if (!resources)
        return { kind: 'encrypted', doubts: await readBack(parts, restored) };
    if (!client)
        return { kind: 'read-back', doubts: await readBack(parts, restored) };
    try {
        const listed = await client.listState(restored.workspace, parts.signal);
        const difference = differenceOfAddresses(resources, listed);
        return { kind: 'listed', doubts: difference ? [{ kind: 'drill-differs', ...difference }] : [] };
    }
    catch (error) {
        parts.signal.throwIfAborted();
        return { kind: 'listed', doubts: [{ kind: 'drill-failed', error }] };
    }
}
async function readBack(parts, { path, body }) {
    const { clock, signal } = parts;
    const source = await parts.place.scratch.open(path);
    const found = await patiently(parts, () => (0,read_state/* readState */.u)(source, { clock, signal }), true);
    const isSame = found.kind === 'state' && Buffer.compare(found.body, body) === 0;
    const doubts = found.kind === 'unchanged' ? [] : found.doubts;
    if (isSame && doubts.length === 0)
        return [];
    const [first = 'What is read there is not what was written.'] = doubts;
    return [{ kind: 'drill-failed', error: new Error(first) }];
}
const CLEANING_MS = 30_000;
async function takeAway({ place, clock, random }, path) {
    const persistence = { clock, random, reached: true };
    await (0,job_persistence/* persistFor */.O)(CLEANING_MS, (signal) => place.scratch.remove(path, signal), persistence).catch(() => { });
}
const LEFT_OVER_MS = 3_600_000;
async function removeLeftOvers({ place, clock, signal }) {
    const { scratch } = place;
    let removed = 0;
    for await (const { path, storedAt } of scratch.list(signal)) {
        if (clock.now() - storedAt < LEFT_OVER_MS)
            continue;
        await scratch.remove(path, signal);
        removed++;
    }
    return removed;
}
async function cleanUp({ place, clock, random }, bucket) {
    const { scratch } = place;
    const removeAll = async (signal) => {
        for await (const { path } of scratch.list(signal)) {
            if (path.startsWith(`${scratch.folder}/`))
                await scratch.remove(path, signal);
        }
    };
    try {
        await (0,job_persistence/* persistFor */.O)(CLEANING_MS, removeAll, { clock, random, reached: true });
    }
    catch (cause) {
        throw new failure/* Failure */.H('Drill not cleaned up', `What the drill has restored for trial could not all be removed from s3://${bucket}/${scratch.folder}/. ` +
            `No state of yours is concerned, and the next drill removes it once an hour has passed. ${(0,explain/* reason */.l)(cause)}`, { cause });
    }
}

;// CONCATENATED MODULE: ./build/commands/verify/drill/drill-session.js







const MOST_AT_ONCE = 4;
async function openDrillSession(parts) {
    const outcomes = { listed: 0, 'read-back': 0, encrypted: 0 };
    const gate = atMost(Math.max(1, Math.min(MOST_AT_ONCE, (0,external_node_os_.availableParallelism)())));
    let failure;
    let leftOvers = 0;
    let drilled = 0;
    const unlessFailed = async (work) => {
        if (failure)
            return undefined;
        try {
            return await work();
        }
        catch (error) {
            failure ??= { error: error instanceof StateClientError ? clientFailed(error) : error };
            return undefined;
        }
    };
    let place;
    const opened = await unlessFailed(async () => {
        const { clock, random, signal } = parts;
        place = await parts.openDrill(signal);
        const own = { place, clock, random, signal };
        tellClient(parts, own);
        leftOvers = await removeLeftOvers(own);
        return own;
    });
    return {
        drill: async ({ statePath, newest, findings }) => {
            const isDoubtful = findings.some((finding) => finding.key === newest?.key && isRed(finding));
            if (!newest || !opened || isDoubtful)
                return [];
            const workspace = `state-${++drilled}`;
            const outcome = await gate(() => unlessFailed(async () => {
                const { catalogue } = await parts.stores.openState(statePath);
                return drill(opened, { catalogue, snapshot: newest, workspace });
            }));
            if (!outcome)
                return [];
            outcomes[outcome.kind]++;
            return outcome.doubts.map((doubt) => ({ key: newest.key, statePath, doubt }));
        },
        results: () => ({
            client: opened?.place.client?.name,
            outcomes,
            leftOvers,
            ...(failure && { failure: failure.error }),
        }),
        close: async () => {
            const cleaned = opened && cleanUp(opened, parts.settings.backend.bucket);
            await cleaned?.catch((error) => {
                failure ??= { error };
            });
            await place?.client?.close().catch((error) => {
                parts.report.info(`What the client left on this machine could not be removed: ${(0,explain/* reason */.l)(error)}`);
            });
        },
    };
}
function clientFailed(cause) {
    return new failure/* Failure */.H('Drill failed', `The Terraform or OpenTofu of this machine could not be led to where snapshots are restored for trial: ${cause.message}. ` +
        'A drill needs Terraform 1.6 or later, or OpenTofu. The snapshots were read all the same.', { cause });
}
function tellClient({ report }, { place }) {
    report.info(place.client
        ? `Drill: ${place.client.name} lists each state in ${place.scratch.folder}/.`
        : `Drill: neither "terraform" nor "tofu" is on the PATH, so each state is only read back from ${place.scratch.folder}/.`);
}

// EXTERNAL MODULE: ./build/config/key-globs.js
var key_globs = __webpack_require__(134);
// EXTERNAL MODULE: ./build/snapshots/index/index-store.js
var index_store = __webpack_require__(9377);
// EXTERNAL MODULE: ./build/snapshots/index/catalogue-index.js
var catalogue_index = __webpack_require__(1909);
// EXTERNAL MODULE: ./build/snapshots/index/reconcile.js
var reconcile = __webpack_require__(8509);
;// CONCATENATED MODULE: ./build/snapshots/verification/packed-catalogue.js




class PackedCatalogue {
    #prefix;
    #names = [];
    #bytes = [];
    #storedAt = [];
    #entry;
    constructor(prefix) {
        this.#prefix = prefix;
    }
    add(snapshot) {
        const { key, bytes, storedAt } = snapshot;
        this.#entry = (0,catalogue_index/* withSnapshot */.HV)(this.#entry, snapshot);
        this.#names.push(Buffer.from(key.slice(this.#prefix.length), 'latin1').toString('latin1'));
        this.#bytes.push(bytes);
        this.#storedAt.push(storedAt);
    }
    get entry() {
        return this.#entry;
    }
    snapshots() {
        const byName = new Map();
        for (const [index, name] of this.#names.entries()) {
            const key = this.#prefix + name;
            const parsed = (0,snapshot_key/* parseSnapshotKey */.dd)(key, this.#prefix);
            const [bytes = 0, storedAt = 0] = [this.#bytes[index], this.#storedAt[index]];
            if (parsed)
                byName.set(name, { ...parsed, key, bytes, storedAt });
        }
        return [...byName.values()].sort(oldestFirst);
    }
}
async function gatherCatalogues(list, statePaths, signal) {
    const catalogues = new Map();
    const gather = async (range) => {
        for await (const snapshot of list(range, signal))
            catalogueOf(catalogues, snapshot).add(snapshot);
    };
    await Promise.all((0,reconcile/* rangesOf */.wA)(statePaths).map(gather));
    return catalogues;
}
function catalogueOf(catalogues, { key, statePath }) {
    const known = catalogues.get(statePath);
    if (known)
        return known;
    const made = new PackedCatalogue(key.slice(0, key.lastIndexOf('/') + 1));
    catalogues.set(statePath, made);
    return made;
}

;// CONCATENATED MODULE: ./build/snapshots/verification/reconciliation.js

function reconciliation_reconcile(known, catalogues, { now, isMeant }) {
    const entries = entriesOf(catalogues);
    const differences = known ? (0,reconcile/* differencesBetween */.F0)(known.entries, entries) : [];
    const allMissing = differences.filter(({ kind }) => kind === 'missing');
    const missing = allMissing.filter(({ statePath }) => isMeant(statePath));
    const left = allMissing.filter(({ statePath }) => !isMeant(statePath));
    for (const { statePath } of left) {
        const entry = known?.entries.get(statePath);
        if (entry)
            entries.set(statePath, entry);
    }
    return {
        index: {
            entries,
            reconciledAt: known && left.length > 0 ? known.reconciledAt : now,
            ...(known?.retentionHash !== undefined && { retentionHash: known.retentionHash }),
            ...(known?.comparedUpTo !== undefined && { comparedUpTo: known.comparedUpTo }),
        },
        findings: missing.flatMap(({ statePath }) => {
            const mark = known?.entries.get(statePath)?.verified;
            return mark ? [{ key: statePath, statePath, doubt: { kind: 'vanished', mark } }] : [];
        }),
        behind: differences.length - allMissing.length,
    };
}
function entriesOf(catalogues) {
    const entries = new Map();
    for (const [path, { entry }] of catalogues)
        if (entry)
            entries.set(path, entry);
    return entries;
}

// EXTERNAL MODULE: ./build/words/counts.js
var counts = __webpack_require__(7100);
;// CONCATENATED MODULE: ./build/commands/verify/overview.js







async function lookAround(parts) {
    const { settings, stores, report, signal } = parts;
    const versioning = versioningOf(parts);
    const states = await patiently(parts, () => statesOf(parts));
    const paths = [...states.keys()];
    report.info(`Verifying ${(0,counts/* counted */.h)(states.size, 'state')} of the bucket "${settings.backend.bucket}".`);
    const catalogues = await patiently(parts, () => gatherCatalogues(stores.listCatalogues, paths, signal));
    const { findings, remake } = await compareIndex(parts, catalogues);
    const others = new Set([...catalogues.keys(), ...findings.map(({ statePath }) => statePath)]);
    const gone = [...others].filter((path) => !states.has(path) && (0,key_globs/* isMeant */.E)(settings.keys, path));
    return {
        states,
        catalogues,
        paths: [...paths, ...gone],
        findings,
        remakeIndex: remake,
        versioning: await versioning,
    };
}
async function statesOf({ settings, stores, signal, }) {
    const states = new Map();
    for await (const state of stores.listStates(signal)) {
        if ((0,key_globs/* isMeant */.E)(settings.keys, state.path))
            states.set(state.path, state);
    }
    return states;
}
async function compareIndex(parts, catalogues) {
    const { settings, stores, clock, signal } = parts;
    const { bucket } = settings.backend;
    try {
        const store = await stores.openIndex();
        const { index: known, version } = await patiently(parts, () => (0,index_store/* loadIndex */.z)(store, bucket, signal));
        const meant = { now: clock.now(), isMeant: (path) => (0,key_globs/* isMeant */.E)(settings.keys, path) };
        const { index, behind, findings } = reconciliation_reconcile(known, catalogues, meant);
        const before = known ? (behind > 0 ? 'behind' : 'right') : 'unreadable';
        const was = version === undefined ? 'absent' : before;
        const save = () => (0,index_store/* saveIndex */.m)(store, { bucket, index, replaced: version }, signal);
        return { findings, remake: () => remakeIndex(parts, save, { was, behind, findings }) };
    }
    catch (error) {
        signal.throwIfAborted();
        const failed = { kind: 'failed', reason: (0,explain/* reason */.l)(error), findings: [] };
        return { findings: [], remake: async () => failed };
    }
}
async function remakeIndex(parts, save, before) {
    try {
        const written = await patiently(parts, save);
        return { kind: 'reconciled', ...before, written: written === 'refused' ? 'refused' : 'written' };
    }
    catch (error) {
        parts.signal.throwIfAborted();
        return { kind: 'failed', reason: (0,explain/* reason */.l)(error), findings: before.findings };
    }
}
async function versioningOf(parts) {
    try {
        return await patiently(parts, () => parts.stores.bucketVersioning(parts.signal));
    }
    catch (error) {
        parts.report.info(`Whether the bucket is versioned could not be seen: ${(0,explain/* reason */.l)(error)}`);
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/commands/verify/finding-words.js

function doubtWords({ doubt }) {
    switch (doubt.kind) {
        case 'altered':
            return alteredWords(doubt);
        case 'not-a-state':
            return `It does not read as a state. ${doubt.reasons.join(' ')}`;
        case 'unrecorded':
            return 'Nothing says what its bytes were when it was stored: it was not stored by Lockkeeper, or was copied by hand.';
        case 'misnamed':
            return `Its name says serial ${doubt.named}, and its content ${doubt.serial ?? 'says none'}.`;
        case 'same-serial':
            return (`It has another content than an earlier snapshot of the same lineage and the same serial ${doubt.serial}, ` +
                `${nameOf(doubt.other)}: somebody wrote the state past Terraform.`);
        case 'falling-serial':
            return (`Its serial ${doubt.serial} is lower than ${doubt.otherSerial}, that of the snapshot before it, ` +
                `${nameOf(doubt.other)}: the state was put back by other means than a restore.`);
        case 'unread':
            return `It could not be read. ${(0,explain/* reason */.l)(doubt.error)}`;
        case 'gone':
            return 'It was there when the snapshots were listed, and not any more when it was to be read.';
        case 'vanished':
            return (`The index knows a verified snapshot of the version of ${momentOf(doubt.mark)} (${doubt.mark.tag}), and neither it nor a ` +
                'newer one is there: somebody removed it, or changed the index.');
        case 'no-snapshot':
            return doubt.others === 0
                ? 'This state has no snapshot.'
                : `This state has no verified snapshot. Copies of it that are not verified: ${doubt.others}.`;
        case 'unsaved':
            return 'The version that this state has now has no verified snapshot yet.';
        case 'drill-failed':
            return `Restored for trial, it could not be read. ${(0,explain/* reason */.l)(doubt.error)}`;
        case 'drill-differs':
            return (`Restored for trial, other resources were listed than are in it; ${listed('missing', doubt.missing)}, ` +
                `${listed('not expected', doubt.unexpected)}.`);
    }
}
function alteredWords({ what, recorded, found }) {
    return what === 'length'
        ? `Its bytes are not those that are listed: ${found} of ${recorded} came.`
        : `Its bytes are not those that were stored: their ${what} is ${found}, and ${recorded} was recorded.`;
}
const MOST_ADDRESSES = 5;
function listed(what, addresses) {
    const more = addresses.length > MOST_ADDRESSES ? ', …' : '';
    const named = addresses.length > 0 ? ` (${addresses.slice(0, MOST_ADDRESSES).join(', ')}${more})` : '';
    return `${what}: ${addresses.length}${named}`;
}
const nameOf = (key) => key.slice(key.lastIndexOf('/') + 1);
const momentOf = ({ lastModified }) => new Date(lastModified).toISOString().replace('.000Z', 'Z');

;// CONCATENATED MODULE: ./build/commands/verify/report-line.js


function reportLine(report, acknowledged) {
    const { statePath, hasState, snapshots, checked, bytes, newest, findings } = report;
    return JSON.stringify({
        state: statePath,
        exists: hasState,
        snapshots,
        checked,
        bytes,
        newest: newest
            ? { key: newest.key, serial: newest.serial, modified: new Date(newest.lastModified).toISOString() }
            : null,
        findings: findings.map((finding) => findingJson(finding, acknowledged)),
    });
}
function findingJson(finding, acknowledged) {
    return {
        key: finding.key,
        kind: finding.doubt.kind,
        says: doubtWords(finding),
        fails: isRed(finding) && !acknowledged.has(finding.key),
        acknowledged: acknowledged.has(finding.key),
    };
}

// EXTERNAL MODULE: ./build/names/documentation.js
var documentation = __webpack_require__(6973);
// EXTERNAL MODULE: ./build/words/bytes.js
var bytes = __webpack_require__(1349);
// EXTERNAL MODULE: ./build/words/duration.js
var duration = __webpack_require__(1384);
// EXTERNAL MODULE: ./build/words/versioning.js
var words_versioning = __webpack_require__(3228);
;// CONCATENATED MODULE: ./build/commands/verify/outcome-words.js

function indexWords(index) {
    if (index.kind === 'failed')
        return 'The index of the snapshots could not be made anew.';
    const written = index.written === 'written' ? '' : ' Another run has written it meanwhile.';
    switch (index.was) {
        case 'right':
            return `The index of the snapshots was right.${written}`;
        case 'behind':
            return `The index of the snapshots was behind, as jobs leave it, and was made anew. States concerned: ${index.behind}.${written}`;
        case 'absent':
            return `There was no index of the snapshots yet; it was made.${written}`;
        case 'unreadable':
            return `The index of the snapshots could not be read, and was made anew.${written}`;
    }
}
function drillWords({ client, outcomes, leftOvers }) {
    const counted = [
        ...(client === undefined ? [] : [`${(0,counts/* spellCount */.w)(outcomes.listed)} listed by ${client}`]),
        ...(outcomes['read-back'] > 0 ? [`${(0,counts/* spellCount */.w)(outcomes['read-back'])} read back`] : []),
        ...(outcomes.encrypted > 0
            ? [`${(0,counts/* spellCount */.w)(outcomes.encrypted)} encrypted by OpenTofu, which only its key can list, read back`]
            : []),
    ];
    const left = leftOvers > 0 ? ` Left by a drill that was killed, and removed: ${leftOvers}.` : '';
    return `Restored for trial: ${counted.join('; ') || 'none'}.${left}`;
}

;// CONCATENATED MODULE: ./build/commands/verify/tell-results.js









const MOST_LINES = 200;
function tellLog(report, results) {
    const { totals, findings, tookMs, overview, drill } = results;
    const lines = [
        ...findings.red.map((finding) => findingLine('Finding', finding)),
        ...findings.warnings.map((finding) => findingLine('To be known', finding)),
        ...findings.acknowledged.map((finding) => findingLine('Acknowledged', finding)),
    ];
    for (const line of lines.slice(0, MOST_LINES))
        report.info(line);
    if (lines.length > MOST_LINES)
        report.info(`And ${lines.length - MOST_LINES} more.`);
    report.info(`${(0,counts/* counted */.h)(totals.states, 'state')}: ${(0,counts/* spellCount */.w)(totals.checked)} of ${(0,counts/* counted */.h)(totals.snapshots, 'snapshot')} read, ` +
        `${(0,bytes/* formatBytes */.z)(totals.bytes)}, in ${(0,duration/* formatDuration */.a)(tookMs)}.`);
    report.info(indexWords(overview.index));
    if (drill)
        report.info(drillWords(drill));
}
const findingLine = (what, finding) => `${what}: ${finding.key}: ${doubtWords(finding)}`;
function tellWarnings(report, { overview, findings, unmatched, drill }, { backend }) {
    const { versioning, index } = overview;
    (0,words_versioning/* warnOfVersioning */.o)(report, backend.bucket, versioning);
    if (findings.warnings.length > 0) {
        const [first] = findings.warnings;
        report.warning('Some states want a look', `What need not be wrong, and should be seen: ${findings.warnings.length}. The first: ${first?.key}: ` +
            `${first && doubtWords(first)} If it is so the next time too, look at the runs that take snapshots.`);
    }
    if (index.kind === 'failed') {
        report.warning('Index not reconciled', `The index of the snapshots could not be made anew. It is a hint, and nothing is lost with it. ${index.reason}`);
    }
    else if (index.was === 'unreadable') {
        report.warning('Index was unreadable', 'The index of the snapshots was not one that Lockkeeper writes: it was torn, or somebody changed it. It was made anew ' +
            'from the names of the snapshots, which are the truth.');
    }
    if (unmatched.length > 0) {
        report.warning('Nothing to acknowledge', `Of the keys in "acknowledged", nothing was found of: ${unmatched.slice(0, 10).join(', ')}` +
            `${unmatched.length > 10 ? ', …' : ''}. Remove what has been settled, and correct what is written wrongly.`);
    }
    if (drill && drill.client === undefined && drill.failure === undefined) {
        report.warning('Drill without a client', 'Neither "terraform" nor "tofu" is on the PATH, so what was restored for trial was only read back. Install one of ' +
            'them before this step.');
    }
}
function failuresOf({ findings, drill }) {
    const [first] = findings.red;
    return [
        ...(first ? [inDoubt(first, findings.red.length)] : []),
        ...(drill?.failure === undefined ? [] : [(0,explain/* explain */.WE)(drill.failure)]),
    ];
}
function inDoubt(first, count) {
    return new failure/* Failure */.H('Snapshots in doubt', `Findings that nobody has acknowledged: ${count}. The first: ${first.key}: ${doubtWords(first)} The summary has the others. ` +
        `What each means, and what to do, is at ${(0,documentation/* documentationUrl */.o)('verify.md#what-is-found')}.`);
}
function tellOutputs(runner, { totals, findings }, reportFile) {
    runner.setOutput('states', String(totals.states));
    runner.setOutput('checked', String(totals.checked));
    runner.setOutput('findings', String(findings.red.length));
    runner.setOutput('acknowledged', String(findings.acknowledged.length));
    runner.setOutput('bytes', String(totals.bytes));
    runner.setOutput('report_file', reportFile);
}

// EXTERNAL MODULE: ./build/job/blocks.js
var blocks = __webpack_require__(5572);
// EXTERNAL MODULE: ./build/words/facts.js
var facts = __webpack_require__(2369);
// EXTERNAL MODULE: ./build/words/linked-text.js
var linked_text = __webpack_require__(137);
;// CONCATENATED MODULE: ./build/commands/verify/verify-blocks.js









const LONGEST = { path: 110, name: 70, says: 240, sentence: 1_000, key: 1_100 };
const MOST_ROWS = 200;
function verifyBlocks(results, settings) {
    const { findings, drill, unmatched } = results;
    const failure = drill?.failure;
    return [
        { kind: 'heading', text: headingOf(results) },
        { kind: 'list', items: failure === undefined ? [] : [(0,linked_text/* linked */.q)((0,explain/* reason */.l)(failure), LONGEST.sentence)] },
        { kind: 'paragraph', text: glance(results) },
        ...findingTable(results),
        ...acknowledgement(findings.red),
        {
            kind: 'details',
            title: 'Depth, index and drill',
            blocks: [
                {
                    kind: 'list',
                    items: [
                        (0,facts/* fact */.fK)('Read', depthWords(settings)),
                        (0,facts/* fact */.fK)('Index', indexWords(results.overview.index)),
                        ...(drill ? [(0,facts/* fact */.fK)('Drill', (0,blocks/* plain */.pj)(drillWords(drill), LONGEST.sentence))] : []),
                        ...unmatched.map((key) => (0,facts/* fact */.fK)('Acknowledged, and not found', (0,blocks/* code */.aY)(key, LONGEST.key))),
                    ],
                },
            ],
        },
    ];
}
function notVerifiedBlocks({ title, message, details }, { backend }) {
    return [
        { kind: 'heading', text: ['❌ ', (0,blocks/* plain */.pj)(backend.bucket, LONGEST.path), ` · ${title}`] },
        ...(details ?? [{ kind: 'paragraph', text: (0,linked_text/* linked */.q)(message, LONGEST.sentence) }]),
    ];
}
function headingOf({ findings, totals, drill }) {
    const { red, warnings } = findings;
    const failed = drill?.failure !== undefined;
    const sign = red.length > 0 || failed ? '❌' : warnings.length > 0 ? '⚠️' : '✅';
    const outcome = red.length > 0
        ? (0,counts/* counted */.h)(red.length, 'finding')
        : failed
            ? 'the drill failed'
            : warnings.length > 0
                ? (0,counts/* counted */.h)(warnings.length, 'warning')
                : 'no doubt';
    return `${sign} Verification of ${(0,counts/* counted */.h)(totals.states, 'state')} · ${outcome}`;
}
function glance({ totals, findings, overview, tookMs }) {
    return (0,facts/* inOneLine */.UX)([
        `${(0,counts/* spellCount */.w)(totals.checked)} of ${(0,counts/* counted */.h)(totals.snapshots, 'snapshot')} read`,
        (0,bytes/* spellBytes */.G)(totals.bytes),
        `in ${(0,duration/* spellDuration */.j)(tookMs)}`,
        ...(totals.gone > 0 ? [`${totals.gone} without a state any more`] : []),
        ...(findings.warnings.length > 0 ? [`${findings.warnings.length} to be known`] : []),
        ...(findings.acknowledged.length > 0 ? [`${findings.acknowledged.length} acknowledged`] : []),
        `bucket versioning ${overview.versioning ?? 'unknown'}`,
    ]);
}
function findingTable({ findings }) {
    const rows = [
        ...findings.red.map((finding) => rowOf('❌', finding)),
        ...findings.warnings.map((finding) => rowOf('⚠️', finding)),
        ...findings.acknowledged.map((finding) => rowOf('☑️', finding)),
    ];
    if (rows.length === 0)
        return [];
    const more = rows.length - MOST_ROWS;
    return [
        { kind: 'rows', header: ['State', 'Snapshot', 'What was found'], rows: rows.slice(0, MOST_ROWS) },
        { kind: 'paragraph', text: more > 0 ? `And ${more} more, which the report file has.` : '' },
    ];
}
function rowOf(sign, finding) {
    const { key, statePath } = finding;
    return [
        [`${sign} `, (0,blocks/* plain */.pj)(statePath, LONGEST.path)],
        key === statePath ? '' : (0,blocks/* code */.aY)(nameOf(key), LONGEST.name),
        (0,blocks/* plain */.pj)(doubtWords(finding), LONGEST.says),
    ];
}
function acknowledgement(red) {
    if (red.length === 0)
        return [];
    const keys = [...new Set(red.map(({ key }) => key))].slice(0, MOST_ROWS);
    return [
        {
            kind: 'details',
            title: 'Once you have looked at them',
            blocks: [
                {
                    kind: 'code',
                    language: 'yaml',
                    lines: ['acknowledged: |', ...keys.map((key) => ['  ', (0,blocks/* plain */.pj)(key, LONGEST.key)])],
                },
            ],
        },
    ];
}
function depthWords({ verification: { depth, drill } }) {
    const more = drill ? ', with a drill' : '';
    switch (depth.kind) {
        case 'newest':
            return `the newest verified snapshot of each state${more}`;
        case 'sample':
            return `the newest verified snapshot of each state, and ${depth.others} others at random${more}`;
        case 'all':
            return `all snapshots of each state${more}`;
    }
}

;// CONCATENATED MODULE: ./build/commands/verify/verify-results.js

function totalsOf(reports) {
    const sum = (of) => reports.reduce((total, report) => total + of(report), 0);
    return {
        states: reports.length,
        gone: reports.filter(({ hasState }) => !hasState).length,
        snapshots: sum(({ snapshots }) => snapshots),
        checked: sum(({ checked }) => checked),
        bytes: sum(({ bytes }) => bytes),
    };
}
function sortFindings(findings, acknowledged) {
    const known = new Set(acknowledged);
    const sorted = [...findings].sort((one, other) => (one.statePath < other.statePath ? -1 : 1));
    const open = sorted.filter(({ key }) => !known.has(key));
    return {
        red: open.filter(isRed),
        warnings: open.filter((finding) => !isRed(finding)),
        acknowledged: sorted.filter(({ key }) => known.has(key)),
    };
}
function unmatchedKeys(acknowledged, { findings, unseen }) {
    const known = new Set([...findings.map(({ key }) => key), ...unseen]);
    return acknowledged.filter((key) => !known.has(key));
}

;// CONCATENATED MODULE: ./build/commands/verify/verify-states.js












async function verifyStates(parts) {
    const { settings, clock, report } = parts;
    const startedAt = clock.now();
    (0,external_node_events_.setMaxListeners)(0, parts.signal);
    try {
        const { remakeIndex, ...sight } = await lookAround(parts);
        if (sight.paths.length === 0)
            throw nothingMatches(parts);
        const checked = await checkAll(parts, sight);
        const overview = { ...sight, index: await remakeIndex() };
        const results = resultsOf(parts, { overview, ...checked, tookMs: clock.now() - startedAt });
        tellLog(report, results);
        tellWarnings(report, results, settings);
        await report.summary(verifyBlocks(results, settings));
        const failures = [
            ...failuresOf(results),
            ...(await handOn(parts, { reports: checked.reports, results })),
        ];
        if (failures.length > 0)
            throw new AggregateError(failures);
    }
    catch (error) {
        if (error instanceof AggregateError)
            throw error;
        const failure = parts.signal.aborted ? cancelled(error) : (0,explain/* explain */.WE)(error);
        await report.summary(notVerifiedBlocks(failure, settings));
        throw failure;
    }
}
function cancelled(cause) {
    return new failure/* Failure */.H('Cancelled', 'The job was cancelled before all was looked at.', { cause });
}
function nothingMatches({ settings: { backend, keys } }) {
    const globs = [...keys.included, ...keys.excluded.map((glob) => `!${glob}`)];
    return new failure/* Failure */.H('No states found', `No object of the bucket "${backend.bucket}" fits "keys" (${globs.join(', ')}), and there are no snapshots of such a state. ` +
        'Check "bucket" and "keys": states whose names do not end in .tfstate need a line of their own.');
}
async function checkAll(parts, sight) {
    const { settings, signal } = parts;
    const { concurrency, drill } = settings.verification;
    const session = drill ? await openDrillSession(parts) : undefined;
    const [gate, line] = [atMost(concurrency), atMost(concurrency)];
    const progress = (0,words_progress/* tellProgress */.X)(sight.paths.length, parts);
    const check = async (statePath) => {
        signal.throwIfAborted();
        const one = await checkOne(parts, { statePath, sight, session, gate });
        progress.step(one.bytes);
        return one;
    };
    try {
        const checks = sight.paths.map((path) => line(() => check(path)));
        await Promise.allSettled(checks);
        signal.throwIfAborted();
        return { reports: await Promise.all(checks), session };
    }
    finally {
        progress.end();
        await session?.close();
    }
}
async function checkOne(parts, { statePath, sight, session, gate }) {
    const { states, catalogues, findings } = sight;
    const snapshots = catalogues.get(statePath)?.snapshots() ?? [];
    const found = await checkCatalogue(parts, { statePath, state: states.get(statePath), snapshots }, gate);
    const ofIndex = findings.filter((finding) => finding.statePath === statePath);
    const drilled = await session?.drill(found);
    return { ...found, findings: [...ofIndex, ...found.findings, ...(drilled ?? [])] };
}
function resultsOf({ settings }, { overview, reports, session, tookMs }) {
    const { acknowledged } = settings.verification;
    const findings = reports.flatMap((report) => report.findings);
    const unseen = reports.flatMap((report) => report.unseen);
    return {
        overview,
        totals: totalsOf(reports),
        findings: sortFindings(findings, acknowledged),
        unmatched: unmatchedKeys(acknowledged, { findings, unseen }),
        ...(session && { drill: session.results() }),
        tookMs,
    };
}
async function handOn({ runner, settings, report, writeReport }, { reports, results }) {
    try {
        const acknowledged = new Set(settings.verification.acknowledged);
        const path = await writeReport(reports.map((one) => reportLine(one, acknowledged)));
        report.info(`The full report: ${path}`);
        tellOutputs(runner, results, path);
        return [];
    }
    catch (error) {
        return [(0,explain/* explain */.WE)(error)];
    }
}

// EXTERNAL MODULE: ./build/config/inputs.js + 13 modules
var inputs = __webpack_require__(990);
// EXTERNAL MODULE: ./build/job/clock.js
var clock = __webpack_require__(1434);
// EXTERNAL MODULE: ./build/stores/open.js + 1 modules
var stores_open = __webpack_require__(6946);
// EXTERNAL MODULE: ./build/entrypoints/configured.js + 55 modules
var configured = __webpack_require__(87);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/actions/state-client.js






const PROGRAMS = [
    { name: 'terraform', folder: 'TERRAFORM_CLI_PATH', behindWrapper: 'terraform-bin' },
    { name: 'tofu', folder: 'TOFU_CLI_PATH', behindWrapper: 'tofu-bin' },
];
async function findStateClient(env) {
    const ending = process.platform === 'win32' ? '.exe' : '';
    const folders = (env['PATH'] ?? '').split(external_node_path_.delimiter).filter((folder) => folder !== '');
    for (const { name, folder, behindWrapper } of PROGRAMS) {
        const unwrapped = env[folder] ? [(0,external_node_path_.join)(env[folder], behindWrapper + ending)] : [];
        const named = folders.map((each) => (0,external_node_path_.join)(each, name + ending));
        for (const path of [...unwrapped, ...named])
            if (await isProgram(path))
                return path;
    }
    return undefined;
}
async function isProgram(path) {
    return (0,promises_.access)(path, promises_.constants.X_OK).then(() => true, () => false);
}
async function openStateClient(program, options) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(options.env['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)(), 'lockkeeper-drill-'));
    const close = () => (0,promises_.rm)(folder, { recursive: true, force: true });
    try {
        const environment = await environmentIn(folder, options);
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, 'main.tf.json'), options.backend.configuration);
        const run = async (args, signal, more = {}) => {
            const env = { ...environment, ...(await options.credentials()), ...more };
            return runProgram(program, args, { folder, env, signal });
        };
        const [name = program] = (await run(['version'], options.signal)).split('\n');
        await run(['init', '-input=false', '-no-color', '-lock=false'], options.signal);
        return {
            name,
            listState: async (workspace, signal) => {
                const output = await run(['state', 'list'], signal, { TF_WORKSPACE: workspace });
                return output.split('\n').filter((line) => line !== '');
            },
            close,
        };
    }
    catch (error) {
        await close();
        throw error;
    }
}
const PASSED_ON = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'TMPDIR', 'TEMP', 'TMP', 'LANG'];
const TRUST = ['SSL_CERT_FILE', 'SSL_CERT_DIR'];
async function environmentIn(folder, { env, backend }) {
    const nothing = (0,external_node_path_.join)(folder, 'nothing');
    await (0,promises_.writeFile)(nothing, '');
    const passedOn = [...PASSED_ON, ...TRUST].flatMap((name) => {
        const value = env[name];
        return value === undefined ? [] : [[name, value]];
    });
    return {
        ...Object.fromEntries(passedOn),
        ...backend.environment,
        TF_DATA_DIR: (0,external_node_path_.join)(folder, 'data'),
        TF_INPUT: '0',
        TF_IN_AUTOMATION: '1',
        TF_CLI_CONFIG_FILE: nothing,
        CHECKPOINT_DISABLE: '1',
        NO_COLOR: '1',
        AWS_CONFIG_FILE: nothing,
        AWS_SHARED_CREDENTIALS_FILE: nothing,
        AWS_EC2_METADATA_DISABLED: 'true',
    };
}
const MOST_CHARACTERS = 1_000;
function runProgram(program, args, { folder, env, signal }) {
    return new Promise((resolve, reject) => {
        const child = (0,external_node_child_process_.spawn)(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
        const printed = { stdout: '', stderr: '' };
        for (const stream of ['stdout', 'stderr']) {
            child[stream].setEncoding('utf8').on('data', (text) => {
                printed[stream] += text;
            });
        }
        child.on('error', (error) => reject(signal.aborted ? signal.reason : error));
        child.on('close', (exitCode, endedBy) => {
            if (exitCode === 0)
                resolve((0,external_node_util_.stripVTControlCharacters)(printed.stdout));
            else if (signal.aborted)
                reject(signal.reason);
            else
                reject(new StateClientError(lastWords(args, exitCode ?? endedBy, printed.stderr || printed.stdout)));
        });
    });
}
function lastWords(args, end, said) {
    const text = (0,external_node_util_.stripVTControlCharacters)(said)
        .replaceAll(/^[│╷╵] ?/gm, '')
        .replaceAll(/\s+/g, ' ')
        .trim();
    return `"${args.join(' ')}" ended with ${end}: ${text.slice(-MOST_CHARACTERS)}`;
}

;// CONCATENATED MODULE: ./build/config/drill-backend.js
function drillBackend({ backend, locking, reach }, { folder, key }) {
    const { bucket, region, usePathStyle, encryption, s3Endpoint, dynamodbEndpoint } = backend;
    const { lock } = locking;
    const s3 = {
        bucket,
        key,
        region,
        workspace_key_prefix: folder,
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        ...(usePathStyle && { use_path_style: true }),
        ...(encryption.kind === 'customer-key' && { encrypt: true }),
        ...((lock.kind === 'dynamodb' || lock.kind === 'both') && { dynamodb_table: lock.table }),
    };
    const { proxies } = reach;
    return {
        configuration: JSON.stringify({ terraform: { backend: { s3: literal(s3) } } }),
        environment: given({
            AWS_SSE_CUSTOMER_KEY: encryption.kind === 'customer-key' ? encryption.keyBase64 : undefined,
            AWS_ENDPOINT_URL_S3: s3Endpoint,
            AWS_S3_ENDPOINT: s3Endpoint,
            AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
            AWS_DYNAMODB_ENDPOINT: dynamodbEndpoint,
            AWS_USE_FIPS_ENDPOINT: reach.fips ? 'true' : undefined,
            AWS_USE_DUALSTACK_ENDPOINT: reach.dualstack ? 'true' : undefined,
            AWS_CA_BUNDLE: reach.caBundle,
            HTTPS_PROXY: proxies?.https,
            HTTP_PROXY: proxies?.http,
            NO_PROXY: proxies?.noProxy.join(',') || undefined,
        }),
    };
}
function credentialVariables({ accessKeyId, secretAccessKey, sessionToken, }) {
    return given({
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
    });
}
function given(variables) {
    const entries = Object.entries(variables).filter((entry) => entry[1] !== undefined);
    return Object.fromEntries(entries);
}
function literal(values) {
    const entries = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.replaceAll(/[$%](?=\{)/g, '$&$&') : value,
    ]);
    return Object.fromEntries(entries);
}

// EXTERNAL MODULE: ./build/stores/aws/identity.js
var aws_identity = __webpack_require__(7859);
;// CONCATENATED MODULE: ./build/entrypoints/drill-place.js




async function openDrill(opening) {
    const { settings, stores, identity, env, drillId, signal } = opening;
    const scratch = await stores.openScratch(drillId);
    const program = await findStateClient(env);
    if (program === undefined)
        return { scratch };
    const client = await openStateClient(program, {
        backend: drillBackend(settings, { folder: scratch.folder, key: drill_place/* DRILL_KEY */.eF }),
        credentials: async () => credentialVariables(await (0,aws_identity/* resolveCredentials */.z)(identity)),
        env,
        signal,
    });
    return { scratch, client };
}

// EXTERNAL MODULE: ./build/entrypoints/surface.js
var surface = __webpack_require__(9835);
;// CONCATENATED MODULE: ./build/entrypoints/verify.js











async function verify() {
    await (0,run_step/* run */.e)({ failuresIn: explain/* failuresIn */.xM, work: (signal, over) => verifyOn((0,surface/* jobSurface */.b)(signal, over)) });
}
async function verifyOn({ env, asker, job, runner, report }) {
    const { signal } = asker;
    const required = ['bucket'];
    const { settings, identity, roots } = await (0,configured/* configured */.t)(env, inputs/* parseVerifySettings */.k$, { ...asker, required });
    const stores = (0,stores_open/* openStores */.j)(settings, identity, roots);
    const { runId, runAttempt } = job;
    const drillId = [runId, runAttempt, (0,external_node_crypto_.randomUUID)().slice(0, 8)].filter((part) => part !== '').join('-');
    await verifyStates({
        settings,
        stores,
        openDrill: (until) => openDrill({ settings, stores, identity, env, drillId, signal: until }),
        writeReport: (lines) => (0,report_file/* writeReportFile */.a)(env, { name: 'verify', id: (0,external_node_crypto_.randomUUID)() }, lines),
        runner,
        report,
        clock: clock/* systemClock */.m,
        random: Math.random,
        signal,
    });
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
