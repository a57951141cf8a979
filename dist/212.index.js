export const id = 212;
export const ids = [212];
export const modules = {

/***/ 2410:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ formatHolder),
/* harmony export */   i: () => (/* binding */ parseHolder)
/* harmony export */ });
function formatHolder(holder) {
    return JSON.stringify(holder);
}
const FIELDS = ['repository', 'workflow', 'runId', 'runAttempt', 'job', 'runnerName', 'runUrl'];
function parseHolder(text) {
    if (!text)
        return undefined;
    try {
        const value = JSON.parse(text);
        const complete = FIELDS.every((field) => typeof value?.[field] === 'string');
        if (!complete)
            return undefined;
        const known = Object.fromEntries(FIELDS.map((field) => [field, value?.[field]]));
        return { ...known, ...optionalFields(value) };
    }
    catch {
        return undefined;
    }
}
function optionalFields(value) {
    return {
        ...(typeof value?.['runNumber'] === 'string' && { runNumber: value['runNumber'] }),
        ...(typeof value?.['looks'] === 'boolean' && { looks: value['looks'] }),
        ...(typeof value?.['kept'] === 'string' && { kept: value['kept'] }),
    };
}


/***/ }),

/***/ 2397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cg: () => (/* binding */ isNoSuchKey),
/* harmony export */   IA: () => (/* binding */ isNotImplemented),
/* harmony export */   Re: () => (/* binding */ isNotModified),
/* harmony export */   W$: () => (/* binding */ isPreconditionFailed),
/* harmony export */   c4: () => (/* binding */ isNotFound),
/* harmony export */   hr: () => (/* binding */ isWithoutObjectLock),
/* harmony export */   rV: () => (/* binding */ isConditionalConflict)
/* harmony export */ });
const isPreconditionFailed = (error) => isAnswer(error, 412, 'PreconditionFailed');
const isConditionalConflict = (error) => isAnswer(error, 409, 'ConditionalRequestConflict');
const isNotImplemented = (error) => isAnswer(error, 501, 'NotImplemented');
const isNotModified = (error) => isAnswer(error, 304, 'NotModified');
const isNoSuchKey = (error) => error.name === 'NoSuchKey';
const isNotFound = (error) => isAnswer(error, 404, 'NotFound');
const isWithoutObjectLock = (error) => WITHOUT_OBJECT_LOCK.includes(error.name ?? '');
const WITHOUT_OBJECT_LOCK = ['ObjectLockConfigurationNotFoundError', 'NoSuchObjectLockConfiguration'];
function isAnswer(error, status, name) {
    const answer = error;
    return answer.name === name || answer.$metadata?.httpStatusCode === status;
}


/***/ }),

/***/ 4539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H1: () => (/* binding */ brokenOff),
/* harmony export */   c3: () => (/* binding */ refusalIn),
/* harmony export */   is: () => (/* binding */ sendAndRead),
/* harmony export */   tN: () => (/* binding */ send)
/* harmony export */ });
/* harmony import */ var _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9595);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2338);


async function send(to, asked, request) {
    const { signal } = asked;
    try {
        return await request(to.client, signal ? { abortSignal: signal } : {});
    }
    catch (error) {
        const answer = asked.expected?.(error);
        if (answer !== undefined)
            return answer;
        if (signal?.aborted)
            throw signal.reason;
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .translateError */ .ZO)(error, factsOf(to, asked));
    }
}
function refusalIn(to, asked, { name, message }) {
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .translateError */ .ZO)(Object.assign(new Error(message), { name }), factsOf(to, asked));
}
async function sendAndRead(to, asked, request, read) {
    const { signal } = asked;
    for (let attempt = 1;; attempt++) {
        const output = await send(to, { ...asked, expected: expectedApart(asked) }, request);
        if (output instanceof Apart)
            return output.answer;
        try {
            return await read(output);
        }
        catch (error) {
            if (signal?.aborted)
                throw signal.reason;
            if (attempt >= to.connection.maxAttempts)
                throw brokenOff(error, to);
        }
    }
}
class Apart {
    answer;
    constructor(answer) {
        this.answer = answer;
    }
}
function expectedApart({ expected }) {
    return (error) => {
        const answer = expected?.(error);
        return answer === undefined ? undefined : new Apart(answer);
    };
}
function brokenOff(error, { service, connection: { endpoint } }) {
    const detail = `its answer broke off: ${error instanceof Error ? error.message : error}`;
    return new _job_backend_error_js__WEBPACK_IMPORTED_MODULE_0__/* .BackendError */ .Jh({ kind: 'unreachable', service, endpoint, detail }, { cause: error });
}
function factsOf({ service, connection }, asked) {
    return {
        service,
        action: asked.action,
        container: asked.container,
        resource: arnOf(service, connection.region, asked),
        region: connection.region,
        endpoint: connection.endpoint,
        credentialsTried: connection.identity.described,
    };
}
function arnOf(service, region, { container, key }) {
    const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
    switch (service) {
        case 'DynamoDB':
            return container.startsWith('arn:')
                ? container
                : `arn:${partition}:dynamodb:${region}:*:table/${container}`;
        case 'S3':
            return `arn:${partition}:s3:::${container}${key === undefined ? '' : `/${key}`}`;
    }
}


/***/ }),

/***/ 4048:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LL: () => (/* binding */ encryptionForReading),
/* harmony export */   Tr: () => (/* binding */ sourceEncryption),
/* harmony export */   c9: () => (/* binding */ encryptionForWriting),
/* harmony export */   wI: () => (/* binding */ encryptionForReplacing),
/* harmony export */   zW: () => (/* binding */ encryptionForSnapshot)
/* harmony export */ });
function encryptionForWriting(encryption) {
    switch (encryption.kind) {
        case 'bucket-default':
            return {};
        case 'aes256':
            return { ServerSideEncryption: 'AES256' };
        case 'kms':
            return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.keyId };
        case 'customer-key':
            return { SSECustomerAlgorithm: 'AES256', SSECustomerKey: encryption.keyBase64 };
    }
}
function encryptionForReplacing(encryption, replaced) {
    if (encryption.kind === 'bucket-default' && replaced?.kind === 'kms')
        return encryptionForSnapshot(replaced);
    return encryptionForWriting(encryption);
}
function encryptionForReading(encryption) {
    return encryption.kind === 'customer-key' ? encryptionForWriting(encryption) : {};
}
function sourceEncryption(answer, encryption) {
    if (encryption.kind === 'customer-key')
        return encryption;
    const algorithm = answer.ServerSideEncryption;
    if (algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse') {
        return { kind: 'kms', algorithm, keyId: answer.SSEKMSKeyId };
    }
    return { kind: algorithm ? 'aes256' : 'none' };
}
function encryptionForSnapshot(source, backupKmsKeyId) {
    if (backupKmsKeyId) {
        const algorithm = source.kind === 'kms' ? source.algorithm : 'aws:kms';
        return { ServerSideEncryption: algorithm, SSEKMSKeyId: backupKmsKeyId };
    }
    switch (source.kind) {
        case 'none':
            return {};
        case 'aes256':
            return { ServerSideEncryption: 'AES256' };
        case 'kms':
            return { ServerSideEncryption: source.algorithm, SSEKMSKeyId: source.keyId };
        case 'customer-key':
            return encryptionForWriting(source);
    }
}


/***/ }),

/***/ 5831:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s3Lock: () => (/* binding */ s3Lock)
});

// EXTERNAL MODULE: ./build/job/backend-error.js
var backend_error = __webpack_require__(9595);
// EXTERNAL MODULE: ./build/lock/lock.js
var lock = __webpack_require__(7439);
// EXTERNAL MODULE: ./build/lock/lock-info.js
var lock_info = __webpack_require__(9411);
// EXTERNAL MODULE: ./build/lock/release.js
var release = __webpack_require__(4331);
// EXTERNAL MODULE: ./build/stores/aws/resending.js
var resending = __webpack_require__(1968);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-s3/dist-cjs/index.js
var dist_cjs = __webpack_require__(3711);
// EXTERNAL MODULE: ./build/lock/holder-record.js
var holder_record = __webpack_require__(2410);
// EXTERNAL MODULE: ./build/stores/aws/s3-answers.js
var s3_answers = __webpack_require__(2397);
// EXTERNAL MODULE: ./build/stores/aws/send.js
var send = __webpack_require__(4539);
// EXTERNAL MODULE: ./build/stores/aws/server-side-encryption.js
var server_side_encryption = __webpack_require__(4048);
// EXTERNAL MODULE: ./build/stores/s3/tagging.js
var tagging = __webpack_require__(8425);
;// CONCATENATED MODULE: ./build/stores/s3/lockfile-requests.js









function writing({ s3, conditionalWrites }, condition) {
    const refused = conditionalWrites === 'known' && Object.keys(condition).length > 0;
    return refused ? s3 : s3.once();
}
const HOLDER = 'holder';
async function getLockfile({ s3, bucket, key, path, encryption }, signal) {
    const command = new dist_cjs/* GetObjectCommand */.jLs({ Bucket: bucket, Key: key, ...(0,server_side_encryption/* encryptionForReading */.LL)(encryption) });
    const expected = (error) => (0,s3_answers/* isNoSuchKey */.Cg)(error) ? 'absent' : throwIfNotImplemented(path, error);
    const asked = { action: 's3:GetObject', container: bucket, key, signal, expected };
    try {
        const answer = await (0,send/* sendAndRead */.is)(s3, asked, (client, options) => client.send(command, options), heldFrom);
        return answer === 'absent' ? undefined : answer;
    }
    catch (error) {
        if ((0,backend_error/* isNoPlaceForLocks */.Ej)(error) && !s3.connection.identity.isAnother?.())
            return undefined;
        throw error;
    }
}
async function heldFrom({ Body, ETag = '', Metadata }) {
    const info = (0,lock_info/* parseLockInfo */.BF)((await Body?.transformToString()) ?? '');
    return { version: ETag, info, holder: (0,holder_record/* parseHolder */.i)(decodeMetadata(Metadata?.[HOLDER])) };
}
async function putLockfile(lockfile, { info, holder }, condition, signal) {
    const { bucket, key, path, encryption, acl, tags } = lockfile;
    const command = new dist_cjs/* PutObjectCommand */.wKZ({
        Bucket: bucket,
        Key: key,
        ...condition,
        Body: (0,lock_info/* formatLockInfo */.jn)(info),
        ContentType: 'application/json',
        Metadata: holder && { [HOLDER]: encodeMetadata((0,holder_record/* formatHolder */.a)(holder)) },
        ...(0,server_side_encryption/* encryptionForWriting */.c9)(encryption),
        ACL: acl,
        Tagging: (0,tagging/* taggingOf */.H)(tags),
    });
    const expected = (error) => {
        if ((0,s3_answers/* isPreconditionFailed */.W$)(error) || (0,s3_answers/* isNoSuchKey */.Cg)(error))
            return 'refused';
        return (0,s3_answers/* isConditionalConflict */.rV)(error) ? 'raced' : throwIfNotImplemented(path, error);
    };
    const asked = { action: 's3:PutObject', container: bucket, key, signal, expected };
    return (0,send/* send */.tN)(writing(lockfile, condition), asked, async (client, options) => {
        const { ETag = '' } = await client.send(command, options);
        return { info, holder, version: ETag };
    });
}
async function deleteLockfile(lockfile, condition, signal) {
    const { bucket, key } = lockfile;
    const command = new dist_cjs/* DeleteObjectCommand */.k4j({ Bucket: bucket, Key: key, ...condition });
    const asked = { action: 's3:DeleteObject', container: bucket, key, signal, expected: undeleted };
    return (0,send/* send */.tN)(writing(lockfile, condition), asked, async (client, options) => {
        await client.send(command, options);
        return { outcome: 'removed' };
    });
}
function undeleted(error) {
    if ((0,s3_answers/* isNotImplemented */.IA)(error))
        return { outcome: 'unconditional-only' };
    const mayBeDone = (0,resending/* mayHaveTakenEffect */.Y2)(error);
    if ((0,s3_answers/* isConditionalConflict */.rV)(error))
        return { outcome: 'raced', mayBeDone };
    return (0,s3_answers/* isPreconditionFailed */.W$)(error) || (0,s3_answers/* isNoSuchKey */.Cg)(error) ? { outcome: 'refused', mayBeDone } : undefined;
}
function throwIfNotImplemented(path, error) {
    if (!(0,s3_answers/* isNotImplemented */.IA)(error))
        return;
    const detail = 'it answers 501 Not Implemented';
    throw new backend_error/* BackendError */.Jh({ kind: 'no-conditional-writes', path, detail }, { cause: error });
}
const encodeMetadata = (text) => encodeURIComponent(text.toWellFormed());
function decodeMetadata(text) {
    try {
        return text && decodeURIComponent(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/stores/s3/lockfile.js






function s3Lock(s3, object) {
    const lockfile = { s3, ...object };
    const { path } = lockfile;
    const unproven = lockfile.conditionalWrites === 'unproven';
    const read = (signal) => getLockfile(lockfile, signal);
    async function remove(held, signal) {
        if (unproven)
            await throwUnlessStored(lockfile, held, signal);
        return removeStored(lockfile, held, signal);
    }
    return {
        path,
        read,
        remove,
        async tryAcquire(record, signal) {
            const existing = unproven ? await read(signal) : undefined;
            const written = existing
                ? 'refused'
                : await putLockfile(lockfile, record, { IfNoneMatch: '*' }, signal);
            if (written === 'raced')
                return { acquired: false };
            if (written === 'refused') {
                const by = existing ?? (await read(signal));
                if (by?.info?.ID !== record.info.ID)
                    return { acquired: false, by };
                if (unproven)
                    await proveConditionalWrites(lockfile, record, signal);
                return { acquired: true, held: by };
            }
            if (unproven)
                await proveConditionalWrites(lockfile, record, signal);
            return { acquired: true, held: written };
        },
        async replace(held, record, signal) {
            for (let attempt = 1; attempt <= WRITE_ATTEMPTS; attempt++) {
                const seen = unproven || attempt > 1 ? await read(signal) : held;
                const isThere = seen?.version === held.version;
                const written = isThere
                    ? await putLockfile(lockfile, record, { IfMatch: held.version }, signal)
                    : 'refused';
                if (written === 'raced')
                    continue;
                if (written !== 'refused')
                    return written;
                const by = isThere ? await read(signal) : seen;
                if (by && (0,lock_info/* isSameInfo */.tN)(by.info, record.info))
                    return by;
                throw new lock/* LockLostError */.y(path, by);
            }
            throw stillThere(lockfile, 's3:PutObject', 'replace');
        },
        free: (id, signal) => (0,release/* releaseById */.u$)({ read, remove }, id, signal),
    };
}
async function proveConditionalWrites(lockfile, record, signal) {
    const again = await putLockfile(lockfile, record, { IfNoneMatch: '*' }, signal);
    if (again === 'refused' || again === 'raced')
        return;
    const stored = await getLockfile(lockfile, signal);
    if (stored?.info?.ID === record.info.ID)
        await deleteLockfile(lockfile, { IfMatch: stored.version }, signal);
    const detail = 'it overwrote an object in spite of If-None-Match: *';
    throw new backend_error/* BackendError */.Jh({ kind: 'no-conditional-writes', path: lockfile.path, detail });
}
async function throwUnlessStored(lockfile, held, signal) {
    const stored = await getLockfile(lockfile, signal);
    if (stored?.version !== held.version)
        throw new lock/* LockLostError */.y(lockfile.path, stored);
}
const WRITE_ATTEMPTS = 5;
async function removeStored(lockfile, held, signal) {
    let condition = { IfMatch: held.version };
    let mayBeDone = false;
    for (let attempt = 1; attempt <= WRITE_ATTEMPTS; attempt++) {
        const deletion = await deleteLockfile(lockfile, condition, signal);
        if (deletion.outcome === 'removed')
            return;
        mayBeDone ||= deletion.mayBeDone === true;
        const stored = await (0,resending/* lookAfter */.sR)(mayBeDone, () => getLockfile(lockfile, signal));
        if (stored?.version !== held.version) {
            if (mayBeDone)
                return;
            throw new lock/* LockLostError */.y(lockfile.path, stored);
        }
        if (deletion.outcome === 'unconditional-only')
            condition = {};
    }
    throw stillThere(lockfile, 's3:DeleteObject', 'delete');
}
function stillThere({ bucket, key }, action, verb) {
    const detail = `the lock is still there after ${WRITE_ATTEMPTS} attempts to ${verb} it`;
    return new backend_error/* BackendError */.Jh({ kind: 'unexpected', action, resource: `${bucket}/${key}`, detail });
}


/***/ }),

/***/ 8425:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ taggingOf)
/* harmony export */ });
function taggingOf(tags = {}) {
    return new URLSearchParams(tags).toString() || undefined;
}


/***/ })

};
