export const id = 143;
export const ids = [143];
export const modules = {

/***/ 6143:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  inspect: () => (/* binding */ inspect),
  inspectOn: () => (/* binding */ inspectOn)
});

// EXTERNAL MODULE: ./build/actions/run-step.js
var run_step = __webpack_require__(3808);
// EXTERNAL MODULE: ./build/words/doubtful-state.js
var doubtful_state = __webpack_require__(9746);
// EXTERNAL MODULE: ./build/words/explain.js + 1 modules
var explain = __webpack_require__(5604);
// EXTERNAL MODULE: ./build/words/failure.js
var failure = __webpack_require__(1100);
// EXTERNAL MODULE: ./build/words/versioning.js
var versioning = __webpack_require__(3228);
// EXTERNAL MODULE: ./build/config/snapshot-reference.js
var snapshot_reference = __webpack_require__(5607);
// EXTERNAL MODULE: ./build/job/blocks.js
var blocks = __webpack_require__(5572);
// EXTERNAL MODULE: ./build/words/facts.js
var facts = __webpack_require__(2369);
// EXTERNAL MODULE: ./build/commands/hold/summary/change-blocks.js
var change_blocks = __webpack_require__(6399);
;// CONCATENATED MODULE: ./build/commands/inspect/comparison-words.js




const LONGEST = { side: 200, key: 1_200 };
const OPAQUE = 'Which resources differ cannot be told: one of the two is encrypted, or is no state that can be read.';
const OTHER_LINEAGE = 'They are of different lineages, so that Terraform does not take them for versions of one state.';
function comparisonBlocks(comparison) {
    const sides = [
        (0,blocks/* plain */.pj)(sideWords(comparison.from), LONGEST.side),
        ' to ',
        (0,blocks/* plain */.pj)(sideWords(comparison.to), LONGEST.side),
    ];
    const remarks = { kind: 'list', items: remarksOn(comparison) };
    switch (comparison.kind) {
        case 'opaque':
            return [{ kind: 'paragraph', text: ['Compared: ', ...sides] }, remarks];
        case 'compared':
            return [
                { kind: 'paragraph', text: [(0,blocks/* strong */.ko)((0,change_blocks/* countsOf */.mQ)(comparison.changes)), ', ', ...sides] },
                remarks,
                (0,change_blocks/* changeList */.Fs)(comparison.changes),
            ];
    }
}
function comparisonLines(comparison) {
    const counts = comparison.kind === 'compared' ? `, ${(0,change_blocks/* countsOf */.mQ)(comparison.changes)}` : '';
    return [
        `Compared: ${sideWords(comparison.from)} to ${sideWords(comparison.to)}${counts}`,
        ...remarksOn(comparison),
        ...(comparison.kind === 'compared' ? addressLines(comparison.changes) : []),
    ];
}
function addressLines(changes) {
    return change_blocks/* KINDS_OF_CHANGE */.H9.flatMap(({ kind, sign }) => changes[kind].map((address) => `  ${sign} ${address}`));
}
function comparisonFacts({ from, to }) {
    return [from, to].flatMap(({ snapshot }, index) => snapshot ? [(0,facts/* fact */.fK)(index === 0 ? 'From snapshot' : 'To snapshot', (0,blocks/* code */.aY)(snapshot.key, LONGEST.key))] : []);
}
function remarksOn(comparison) {
    const [one, other] = [comparison.from.header?.lineage, comparison.to.header?.lineage];
    const differ = one !== undefined && other !== undefined && one !== other;
    return [...(comparison.kind === 'opaque' ? [OPAQUE] : []), ...(differ ? [OTHER_LINEAGE] : [])];
}
function sideWords({ reference, snapshot, header }) {
    if (reference.kind === 'current')
        return header ? `serial ${header.serial ?? 'unknown'} (current)` : 'no state (current)';
    const name = snapshot?.key.slice(snapshot.key.lastIndexOf('/') + 1);
    const asked = reference.kind === 'key' ? name : (0,snapshot_reference/* formatSnapshotReference */.T)(reference);
    return `serial ${header?.serial ?? 'unknown'} (${asked})`;
}

// EXTERNAL MODULE: ./build/words/bytes.js
var words_bytes = __webpack_require__(1349);
// EXTERNAL MODULE: ./build/words/duration.js
var duration = __webpack_require__(1384);
// EXTERNAL MODULE: ./build/words/holder-table.js
var holder_table = __webpack_require__(3495);
// EXTERNAL MODULE: ./build/words/linked-text.js
var linked_text = __webpack_require__(137);
// EXTERNAL MODULE: ./build/names/snapshot-key.js
var snapshot_key = __webpack_require__(7613);
// EXTERNAL MODULE: ./build/words/holder.js
var words_holder = __webpack_require__(474);
// EXTERNAL MODULE: ./build/words/moment.js
var moment = __webpack_require__(5052);
;// CONCATENATED MODULE: ./build/commands/inspect/inspection-rows.js




function inspectionRows({ places, findings }, now) {
    const { backend, backup } = places;
    const catalogue = (0,snapshot_key/* cataloguePrefix */.E4)(backup.prefix, backend.bucket, backend.statePath);
    return [
        { name: 'Lock', value: lockWords(findings.lock, now) },
        { name: 'State', value: `s3://${backend.bucket}/${backend.statePath}`, exact: true },
        ...stateRows(findings.state, now),
        { name: 'Bucket versioning', value: findings.versioning ?? 'unknown' },
        { name: 'Snapshots', value: snapshotWords(findings.snapshots) },
        { name: 'Snapshots in', value: `s3://${backup.bucket}/${catalogue}`, exact: true },
    ];
}
function lockWords(lock, now) {
    switch (lock?.kind) {
        case undefined:
            return 'unknown';
        case 'none':
            return 'none configured';
        case 'free':
            return 'free';
        case 'held':
            return `held by ${(0,words_holder/* describeHolder */.sG)(lock.by, now)}`;
    }
}
function stateRows(state, now) {
    if (state?.kind !== 'state')
        return [{ name: 'Serial', value: state ? 'no state' : 'unknown' }];
    const { inspection, version, body, md5 } = state;
    const { serial, lineage = 'unknown', terraformVersion = 'unknown', encrypted } = inspection.header;
    return [
        { name: 'Serial', value: String(serial ?? 'unknown') },
        {
            name: 'Resources',
            value: String(inspection.resources?.size ?? (encrypted ? 'encrypted' : 'unknown')),
        },
        { name: 'Written', value: (0,moment/* formatMoment */.K)(version.lastModified, now) },
        { name: 'Size', value: (0,words_bytes/* formatBytes */.z)(body.length) },
        { name: 'Terraform version', value: terraformVersion },
        { name: 'Lineage', value: lineage, exact: true },
        { name: 'MD5', value: md5, exact: true },
    ];
}
function snapshotWords(snapshots) {
    if (!snapshots)
        return 'unknown';
    const { newest, total } = snapshots;
    return total > newest.length ? `${total}, of which the newest ${newest.length} are shown` : `${total}`;
}
function snapshotFacts({ key, serial, lastModified, bytes }, now) {
    return {
        name: key.slice(key.lastIndexOf('/') + 1),
        serial: String(serial),
        written: (0,moment/* formatMoment */.K)(lastModified, now),
        size: (0,words_bytes/* formatBytes */.z)(bytes),
    };
}

// EXTERNAL MODULE: ./build/words/how-to-unlock.js
var how_to_unlock = __webpack_require__(3061);
;// CONCATENATED MODULE: ./build/commands/inspect/lock-outlook.js


function lockOutlook(places, finding) {
    const commands = (0,how_to_unlock/* unlockCommands */.nk)(places, finding.by);
    const how = commands.length > 0 ? 'free the lock:' : 'delete its record in the console of S3 or DynamoDB.';
    return { sentences: sentencesOf(finding, how), commands };
}
function sentencesOf({ by: { holder }, status }, how) {
    if (holder?.kept) {
        return `Its post step has kept it on purpose: ${(0,words_holder/* short */.h0)(holder.kept)}. No job will release it any more. When nothing of it runs any more, compare the state with its last snapshot, and ${how}`;
    }
    if (!holder) {
        return `It was not taken by this action, so GitHub knows nothing of it. Only if you are sure that it is dead, ${how}`;
    }
    if (!status)
        return `Whether its run goes on, GitHub does not tell. Only if you are sure that it is dead, ${how}`;
    return status.ended
        ? `GitHub says that its run has ended (${status.conclusion}), so nobody will release the lock. To go on, ${how}`
        : `GitHub says that its run goes on. Only if you are sure that it is dead, ${how}`;
}

;// CONCATENATED MODULE: ./build/commands/inspect/inspection-blocks.js









const inspection_blocks_LONGEST = { sentence: 1_000, value: 1_200 };
const SHORT_TABLE = 10;
const MOST_ROWS = 200;
function inspectionBlocks(inspection, now) {
    const { findings, problems } = inspection;
    const { lock, state, snapshots, comparison } = findings;
    const sentences = [...problems, ...(state?.doubts ?? [])];
    return [
        { kind: 'heading', text: headingOf(inspection) },
        { kind: 'list', items: sentences.map((sentence) => (0,linked_text/* linked */.q)(sentence, inspection_blocks_LONGEST.sentence)) },
        ...(lock?.kind === 'held' ? heldBlocks(lock, inspection, now) : []),
        { kind: 'paragraph', text: (0,facts/* inOneLine */.UX)(glance(findings, now)) },
        ...(comparison ? comparisonBlocks(comparison) : []),
        ...snapshotTable(snapshots?.newest ?? [], now),
        details(inspection, now),
    ];
}
function glance({ state, versioning, snapshots }, now) {
    return [
        ...(state?.kind === 'absent' ? ['no state'] : []),
        ...(state?.kind === 'state' ? stateGlance(state, now) : []),
        `bucket versioning ${versioning ?? 'unknown'}`,
        snapshots ? counted(snapshots.total, 'snapshot') : 'snapshots unknown',
    ];
}
function stateGlance({ inspection, version, body }, now) {
    const { header, resources } = inspection;
    return [
        ...(resources ? [counted(resources.size, 'resource')] : []),
        ...(header.encrypted ? ['encrypted'] : []),
        `written ${ago(version.lastModified, now)}`,
        (0,words_bytes/* spellBytes */.G)(body.length),
    ];
}
const counted = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;
const ago = (epochMs, now) => `${(0,duration/* spellDuration */.j)(now - epochMs)} ago`;
function headingOf({ findings, places, problems }) {
    const { lock, state } = findings;
    const serial = state?.kind === 'state' ? ` · serial ${state.inspection.header.serial ?? 'unknown'}` : '';
    const sign = problems.length > 0 ? '❌' : isAmiss(findings) ? '⚠️' : lock?.kind === 'held' ? '🔒' : '🔓';
    return [
        `${sign} `,
        (0,blocks/* plain */.pj)(places.backend.statePath, inspection_blocks_LONGEST.value),
        ` · ${LOCK_WORDS[lock?.kind ?? 'unknown']}${serial}`,
    ];
}
const LOCK_WORDS = {
    none: 'no lock configured',
    free: 'not locked',
    held: 'locked',
    unknown: 'lock unknown',
};
function isAmiss({ lock, state }) {
    const stuck = lock?.kind === 'held' && (lock.status?.ended || lock.by.holder?.kept !== undefined);
    return stuck || (state?.doubts.length ?? 0) > 0;
}
function heldBlocks(held, { places, runUrl }, now) {
    const { sentences, commands } = lockOutlook(places, held);
    return [
        (0,holder_table/* holderTable */.T)(held.by, { runUrl, now }),
        { kind: 'paragraph', text: (0,blocks/* plain */.pj)(sentences, inspection_blocks_LONGEST.sentence) },
        { kind: 'code', language: 'sh', lines: commands },
    ];
}
function snapshotTable(newest, now) {
    if (newest.length === 0)
        return [];
    const rows = newest
        .slice(0, MOST_ROWS)
        .map(({ serial, lastModified, bytes, kind }) => [
        `${serial}${kind === 'verified' ? '' : ` (${kind})`}`,
        ago(lastModified, now),
        (0,words_bytes/* spellBytes */.G)(bytes),
    ]);
    const table = { kind: 'rows', header: ['Snapshot of serial', 'Written', 'Size'], rows };
    if (newest.length <= SHORT_TABLE)
        return [table];
    const more = newest.length - rows.length;
    const rest = more > 0 ? [{ kind: 'paragraph', text: `and ${more} more` }] : [];
    return [
        { kind: 'details', title: `The newest ${counted(newest.length, 'snapshot')}`, blocks: [table, ...rest] },
    ];
}
function details(inspection, now) {
    const rows = inspectionRows(inspection, now).map(({ name, value, exact }) => (0,facts/* fact */.fK)(name, exact ? (0,blocks/* code */.aY)(value, inspection_blocks_LONGEST.value) : (0,blocks/* plain */.pj)(value, inspection_blocks_LONGEST.value)));
    const { comparison, snapshots } = inspection.findings;
    const keys = (snapshots?.newest ?? [])
        .slice(0, MOST_ROWS)
        .map(({ key, serial }) => (0,facts/* fact */.fK)(`Serial ${serial}`, (0,blocks/* code */.aY)(key, inspection_blocks_LONGEST.value)));
    return {
        kind: 'details',
        title: 'State and snapshots',
        blocks: [{ kind: 'list', items: [...rows, ...(comparison ? comparisonFacts(comparison) : []), ...keys] }],
    };
}

// EXTERNAL MODULE: ./build/names/lock-place.js
var lock_place = __webpack_require__(5458);
;// CONCATENATED MODULE: ./build/commands/inspect/comparison-json.js

function comparisonJson(comparison, { addresses: most, longestAddress }) {
    const sides = { from: sideJson(comparison.from), to: sideJson(comparison.to) };
    switch (comparison.kind) {
        case 'opaque':
            return { ...sides, counts: null, added: null, removed: null, changed: null };
        case 'compared': {
            const { added, removed, changed } = comparison.changes;
            const counts = { added: added.length, removed: removed.length, changed: changed.length };
            const first = (addresses) => addresses.slice(0, most).map((address) => address.slice(0, longestAddress));
            return { ...sides, counts, added: first(added), removed: first(removed), changed: first(changed) };
        }
    }
}
function sideJson({ reference, snapshot, header }) {
    return {
        reference: reference.kind === 'current' ? 'current' : (0,snapshot_reference/* formatSnapshotReference */.T)(reference),
        key: snapshot?.key ?? null,
        serial: header?.serial ?? null,
        lineage: header?.lineage ?? null,
    };
}

;// CONCATENATED MODULE: ./build/commands/inspect/inspection-json.js



const ALL = Number.POSITIVE_INFINITY;
const WHOLE = { snapshots: ALL, addresses: ALL, longestAddress: ALL };
const SHORT = { snapshots: 10, addresses: 20, longestAddress: 160 };
function inspectionJson(inspection, roomBytes = Number.POSITIVE_INFINITY) {
    const whole = jsonOf(inspection, WHOLE);
    return Buffer.byteLength(whole) <= roomBytes ? whole : jsonOf(inspection, SHORT);
}
function jsonOf({ places, findings }, extent) {
    const { lock, state, snapshots, comparison, versioning = 'unknown' } = findings;
    const json = {
        ...(lock && { lock: lockJson(lock, places) }),
        ...(state && { state: stateJson(state, places.backend) }),
        ...(snapshots && { snapshots: snapshots.newest.slice(0, extent.snapshots).map(snapshotJson) }),
        ...(comparison && { comparison: comparisonJson(comparison, extent) }),
        versioning,
    };
    return JSON.stringify(json);
}
function lockJson(lock, { backend, locking }) {
    if (lock.kind !== 'held')
        return null;
    const { by, status } = lock;
    return {
        id: by.info ? inspection_json_short(by.info.ID) : null,
        path: (0,lock_place/* lockPlace */.n)(backend, locking.scope.kind).path,
        kind: (0,how_to_unlock/* storedOf */.z2)(locking.lock, by.parts).kind,
        info: by.info ? shortened(by.info) : null,
        holder: by.holder ? shortened(by.holder) : null,
        alive: status ? !status.ended : null,
        proof: status ? proofOf(status) : null,
    };
}
const LONGEST_FIELD = 500;
const inspection_json_short = (text) => text.slice(0, LONGEST_FIELD);
function shortened(fields) {
    const entries = Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string' ? inspection_json_short(value) : value,
    ]);
    return Object.fromEntries(entries);
}
function proofOf(status) {
    return status.ended
        ? `GitHub says that the run has ended (${status.conclusion}).`
        : 'GitHub says that the run goes on.';
}
function stateJson(state, { bucket, statePath }) {
    const { header, resources } = state.kind === 'state' ? state.inspection : {};
    return {
        bucket,
        key: statePath,
        exists: state.kind === 'state',
        serial: header?.serial ?? null,
        lineage: header?.lineage ?? null,
        terraformVersion: header?.terraformVersion === undefined ? null : inspection_json_short(header.terraformVersion),
        md5: state.kind === 'state' ? state.md5 : null,
        modified: state.kind === 'state' ? new Date(state.version.lastModified).toISOString() : null,
        resources: resources?.size ?? null,
        doubts: state.doubts,
    };
}
function snapshotJson({ key, serial, lastModified, bytes, kind }) {
    return {
        key,
        serial,
        modified: new Date(lastModified).toISOString(),
        bytes,
        kind,
        doubtful: kind === 'doubtful',
    };
}

// EXTERNAL MODULE: ./build/job/persistence.js
var persistence = __webpack_require__(6987);
// EXTERNAL MODULE: ./build/lock/liveness.js
var liveness = __webpack_require__(909);
// EXTERNAL MODULE: ./build/snapshots/newest.js
var newest = __webpack_require__(4650);
// EXTERNAL MODULE: ./build/state/read-state.js
var read_state = __webpack_require__(5296);
// EXTERNAL MODULE: ./build/snapshots/select.js
var snapshots_select = __webpack_require__(7804);
// EXTERNAL MODULE: ./build/state/inspection.js + 5 modules
var inspection = __webpack_require__(4911);
// EXTERNAL MODULE: ./build/state/resources.js
var resources = __webpack_require__(4587);
;// CONCATENATED MODULE: ./build/words/chosen-snapshot.js



const MOST = 10;
function chosenSnapshot(selection, { reference, prefix, now }) {
    const asked = (0,snapshot_reference/* formatSnapshotReference */.T)(reference);
    switch (selection.kind) {
        case 'found':
            return selection.snapshot;
        case 'none':
            throw new failure/* Failure */.H('Snapshot not found', notFound(asked, prefix, namesOf(selection.passedOver, now)));
        case 'several':
            throw new failure/* Failure */.H('Snapshot not clear', `Snapshots with different contents have the serial that "${asked}" names. Name one of them by its key: ${namesOf(selection.snapshots, now)}.`);
    }
}
function notFound(asked, prefix, others) {
    const first = `No snapshot in ${prefix} is what "${asked}" means.`;
    return others === ''
        ? `${first} The action "inspect" shows those that there are.`
        : `${first} Copies that are not verified are taken by their key alone: ${others}.`;
}
function namesOf(snapshots, now) {
    const names = snapshots.slice(0, MOST).map(({ key, serial, lastModified }) => {
        const name = key.slice(key.lastIndexOf('/') + 1);
        return `${name} (serial ${serial}, ${(0,moment/* formatMoment */.K)(lastModified, now)})`;
    });
    const more = snapshots.length > MOST ? [`and ${snapshots.length - MOST} more`] : [];
    return [...names, ...more].join(', ');
}

;// CONCATENATED MODULE: ./build/commands/inspect/compare-snapshots.js




async function compareSnapshots({ from, to }, parts) {
    const isListed = from.kind !== 'current' || to.kind !== 'current';
    const snapshots = isListed ? await allOf(parts) : [];
    const chosen = { from: choose(from, snapshots, parts), to: choose(to, snapshots, parts) };
    const [before, after] = await Promise.all([read(chosen.from, parts), read(chosen.to, parts)]);
    const sides = { from: before.side, to: after.side };
    return before.resources && after.resources
        ? { kind: 'compared', ...sides, changes: (0,resources/* compareResources */.T)(before.resources, after.resources) }
        : { kind: 'opaque', ...sides };
}
async function allOf({ catalogue, signal }) {
    const snapshots = [];
    for await (const snapshot of catalogue.list(signal))
        snapshots.push(snapshot);
    return snapshots;
}
function choose(reference, snapshots, { catalogue: { prefix }, now }) {
    if (reference.kind === 'current')
        return { reference };
    const selection = (0,snapshots_select/* selectSnapshot */.X)(snapshots, reference);
    return { reference, snapshot: chosenSnapshot(selection, { reference, prefix, now }) };
}
async function read(chosen, { catalogue, state, signal }) {
    if (chosen.snapshot) {
        const { body } = await catalogue.open(chosen.snapshot.key, signal);
        const { header, resources } = await (0,inspection/* inspectState */.K)(body);
        return { side: { ...chosen, header }, resources };
    }
    const found = await state();
    if (found?.kind === 'absent')
        return { side: chosen, resources: new Map() };
    const { header, resources } = found?.inspection ?? {};
    return { side: { ...chosen, header }, resources };
}

;// CONCATENATED MODULE: ./build/commands/inspect/look-around.js






async function lookAround(parts) {
    const failures = [];
    const unlessFailed = async (look) => {
        try {
            return await look;
        }
        catch (error) {
            failures.push((0,explain/* explain */.WE)(error));
            return undefined;
        }
    };
    const stores = parts.openState();
    const finding = patiently(parts, async (signal) => findState(await stores, parts.clock, signal));
    const [lock, state, snapshots, comparison, versioning] = await Promise.all([
        unlessFailed(findLock(parts)),
        unlessFailed(finding),
        unlessFailed(findSnapshots(parts, stores)),
        unlessFailed(findComparison(parts, stores, finding)),
        findVersioning(parts),
    ]);
    const believed = lock?.kind === 'free' && !state ? undefined : lock;
    return {
        findings: { lock: believed, state, snapshots, comparison, versioning },
        failures: withoutRepetitions(failures),
    };
}
const PATIENCE_MS = 60_000;
function patiently({ clock, random, signal }, look) {
    return (0,persistence/* persistFor */.O)(PATIENCE_MS, look, { clock, random, reached: false }, signal);
}
async function findLock(parts) {
    const { lock } = parts;
    if (!lock)
        return { kind: 'none' };
    const by = await patiently(parts, (signal) => lock.read(signal));
    return by ? { kind: 'held', by, status: await (0,liveness/* statusOfHolder */.U)(by, parts) } : { kind: 'free' };
}
async function findState({ state }, clock, signal) {
    const reading = await (0,read_state/* readState */.u)(state, { clock, signal });
    return reading.kind === 'unchanged' ? undefined : reading;
}
function findSnapshots(parts, stores) {
    const { snapshots } = parts.wishes;
    const most = snapshots === 'unlimited' ? Number.POSITIVE_INFINITY : snapshots;
    return patiently(parts, async (signal) => (0,newest/* newestSnapshots */.q)((await stores).catalogue, most, signal));
}
async function findComparison(parts, stores, state) {
    const { compare } = parts.wishes;
    if (!compare)
        return undefined;
    return patiently(parts, async (signal) => compareSnapshots(compare, {
        catalogue: (await stores).catalogue,
        state: () => state,
        now: parts.clock.now(),
        signal,
    }));
}
async function findVersioning(parts) {
    try {
        return await patiently(parts, parts.bucketVersioning);
    }
    catch (error) {
        parts.report.info(`Whether the bucket is versioned could not be seen: ${(0,explain/* reason */.l)(error)}`);
        return undefined;
    }
}
function withoutRepetitions(failures) {
    return [...new Map(failures.map((failure) => [failure.message, failure])).values()];
}

;// CONCATENATED MODULE: ./build/commands/inspect/inspect-places.js










const ROOM_BYTES = { job: 100_000, terminal: Number.POSITIVE_INFINITY };
async function inspectPlaces(parts) {
    const { places, runUrl, audience, report, clock, signal } = parts;
    const { findings, failures } = await lookAround(parts);
    if (signal.aborted) {
        throw new failure/* Failure */.H('Cancelled', 'The job was cancelled before all was looked at.', {
            cause: signal.reason,
        });
    }
    const inspection = { places, runUrl, findings, problems: failures.map(({ message }) => message) };
    if (audience === 'job')
        tellLog(report, inspection, clock.now());
    (0,doubtful_state/* warnOfDoubts */.j)(report, findings.state?.doubts ?? []);
    (0,versioning/* warnOfVersioning */.o)(report, places.backend.bucket, findings.versioning);
    await report.summary(inspectionBlocks(inspection, clock.now()));
    const all = [...failures, ...handOn(parts, inspection)];
    if (all.length > 0)
        throw new AggregateError(all);
}
function handOn({ runner, audience }, inspection) {
    try {
        runner.setOutput('report', inspectionJson(inspection, ROOM_BYTES[audience]));
        return [];
    }
    catch (error) {
        return [(0,explain/* explain */.WE)(error)];
    }
}
function tellLog(report, inspection, now) {
    const { lock, snapshots, comparison } = inspection.findings;
    const { newest } = snapshots ?? { newest: [] };
    for (const { name, value } of inspectionRows(inspection, now))
        report.info(`${name}: ${value}`);
    for (const snapshot of newest) {
        const { serial, written, size, name } = snapshotFacts(snapshot, now);
        report.info(`  serial ${serial}, written ${written}, ${size}: ${name}`);
    }
    for (const line of comparison ? comparisonLines(comparison) : [])
        report.info(line);
    if (lock?.kind !== 'held')
        return;
    const { sentences, commands } = lockOutlook(inspection.places, lock);
    for (const line of [sentences, ...commands])
        report.info(line);
}

// EXTERNAL MODULE: ./build/config/inputs.js + 13 modules
var inputs = __webpack_require__(990);
// EXTERNAL MODULE: ./build/job/clock.js
var clock = __webpack_require__(1434);
// EXTERNAL MODULE: ./build/stores/open.js + 1 modules
var stores_open = __webpack_require__(6946);
// EXTERNAL MODULE: ./build/entrypoints/configured.js + 55 modules
var configured = __webpack_require__(87);
// EXTERNAL MODULE: ./build/entrypoints/surface.js
var surface = __webpack_require__(9835);
;// CONCATENATED MODULE: ./build/entrypoints/inspect.js








async function inspect() {
    await (0,run_step/* run */.e)({ failuresIn: explain/* failuresIn */.xM, work: (signal, over) => inspectOn((0,surface/* jobSurface */.b)(signal, over)) });
}
async function inspectOn({ env, asker, job, ...surface }) {
    const { settings, identity, roots } = await (0,configured/* configured */.t)(env, inputs/* parseInspectPlaces */.El, asker);
    const { inspection: wishes, ...places } = settings;
    const { statePath } = places.backend;
    const stores = (0,stores_open/* openStores */.j)(places, identity, roots);
    await inspectPlaces({
        ...surface,
        places,
        wishes,
        lock: await stores.openLock(statePath, (record) => record),
        openState: () => stores.openState(statePath),
        bucketVersioning: stores.bucketVersioning,
        runUrl: job.runUrl,
        clock: clock/* systemClock */.m,
        random: Math.random,
        signal: asker.signal,
    });
}


/***/ })

};
